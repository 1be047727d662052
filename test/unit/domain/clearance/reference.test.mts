import fc from 'fast-check';
import { DateTime } from 'luxon';
import { clearanceOfPatient } from '../../../../nodes/Spakinect/domain/clearance/clearance';
import type { ApiVisit } from '../../../../nodes/Spakinect/domain/visit/visit';
import { readVisit } from '../../../../nodes/Spakinect/domain/visit/visit';
import { NATHAN } from '../support/visits.mts';
import { sized } from '../../support/size.mts';

const ZONE = 'America/Los_Angeles';
const TREATMENTS = ['Botox', 'Laser', 'Peel'];
const NOW = DateTime.fromISO('2026-03-10T12:00', { zone: ZONE });
const CAUTION = ['deferred', 'conditional', 'undecided', 'approved'] as const;
type Word = (typeof CAUTION)[number];

/** A visit as a person would write it down: a word for each treatment, and days from now. */
const drawn = fc.record({
	status: fc.constantFrom(
		...['Completed', 'Completed', 'Completed', 'completed '],
		...['Processing', 'Cancelled by client', 'Rejected', 'Amended'],
	),
	words: fc.dictionary(
		fc.constantFrom(...TREATMENTS),
		fc.constantFrom<Word>(...CAUTION, 'approved'),
	),
	days: fc.oneof(
		{ weight: 8, arbitrary: fc.integer({ min: -420, max: -1 }) },
		fc.constantFrom(null, -30, -30, 3, 40),
	),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;

const millisOf = (days: number) => NOW.plus({ days }).toMillis();

function asVisit({ status, words, days }: Drawn, index: number): ApiVisit {
	const named = (word: Word) => TREATMENTS.filter((name) => words[name] === word);
	return {
		gfe_id: `gfe_${index}`,
		status,
		requested_treatments: Object.keys(words),
		approved_treatments: named('approved'),
		conditionally_approved_treatments: named('conditional'),
		deferred_treatments: named('deferred'),
		evaluation_completed: days === null ? undefined : new Date(millisOf(days)).toISOString(),
		patient_details: NATHAN,
	};
}

/** The rules of docs/operations.md in the plainest form: what stands against each approval? */
function isCleared(visits: Drawn[], treatment: string, asOf: DateTime, months: number): boolean {
	const said = visits.flatMap(({ status, words, days }) => {
		const word = words[treatment];
		const isCompleted = /^completed\s*$/i.test(status);
		const isWarning = word === 'deferred' || word === 'conditional';
		if (!word || /^(cancel|reject)/i.test(status) || !(isCompleted || isWarning)) return [];
		// A date in the future cannot be right, so nobody knows when it was said.
		return [{ word, at: days === null || days > 0 ? null : millisOf(days) }];
	});
	return said.some(({ word, at }) => {
		if (word !== 'approved' || at === null || at > asOf.toMillis()) return false;
		const end = DateTime.fromMillis(at, { zone: ZONE }).plus({ months }).toMillis();
		if (asOf.toMillis() >= end) return false;
		return said.every((other) => other.word === 'approved' || (other.at !== null && other.at < at));
	});
}

it('clears exactly what a plain reading of the rules clears, on 1,000 lists', () => {
	const seen = { cleared: 0, notCleared: 0 };
	fc.assert(
		fc.property(
			fc.array(drawn, { maxLength: 6 }),
			fc.integer({ min: 1, max: 14 }),
			fc.integer({ min: -60, max: 200 }),
			(list, validityMonths, days) => {
				const asOf = NOW.plus({ days });
				const visits = list.map(asVisit).flatMap((raw) => readVisit(raw) ?? []);
				const who = { firstName: 'Nathan', lastName: 'Drake', email: 'nathan@example.com' };
				const question = { validityMonths, asOf, now: NOW.toMillis() };
				const answer = clearanceOfPatient(visits, who, TREATMENTS, question);
				const expected = TREATMENTS.map((one) => isCleared(list, one, asOf, validityMonths));
				expect(answer.treatments.map(({ cleared }) => cleared)).toEqual(expected);
				expect(answer.cleared).toBe(!expected.includes(false));
				for (const cleared of expected) seen[cleared ? 'cleared' : 'notCleared'] += 1;
			},
		),
		{ numRuns: sized(1_000) },
	);
	expect(Math.min(seen.cleared, seen.notCleared)).toBeGreaterThan(sized(100));
});
