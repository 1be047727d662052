import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { Expiring } from '../../../../nodes/Spakinect/domain/clearance/expiring';
import { endsBetween, findExpiring } from '../../../../nodes/Spakinect/domain/clearance/expiring';
import { clearanceOfPatient } from '../../../../nodes/Spakinect/domain/clearance/clearance';
import { expiringSummary } from '../../../../nodes/Spakinect/domain/summary/clearance';
import type { Visit } from '../../../../nodes/Spakinect/domain/visit/visit';
import { readVisit } from '../../../../nodes/Spakinect/domain/visit/visit';
import { VisitIndex } from '../../../../nodes/Spakinect/domain/visit/visitIndex';
import { rawVisit, TREATMENTS } from '../support/randomVisits.mts';
import { visit } from '../support/visits.mts';
import { sized } from '../../support/size.mts';

const ZONE = 'America/Los_Angeles';
const NOW = DateTime.fromISO('2026-03-10T12:00', { zone: ZONE });
const questionOf = ({
	now = NOW,
	validityMonths = 12,
	withinDays = 30,
	endedWithinDays = 10,
	...rest
}: {
	now?: DateTime;
	validityMonths?: number;
	withinDays?: number;
	endedWithinDays?: number;
	treatments?: ReadonlySet<string>;
} = {}) => ({ now, validityMonths, ...endsBetween(now, endedWithinDays, withinDays), ...rest });
const question = questionOf();
const at = (asOf: DateTime) => ({ validityMonths: 12, asOf, now: NOW.toMillis() });

const shown = (rows: Array<Pick<Expiring, 'gfe_id' | 'treatment' | 'ambiguous'>>) =>
	[
		...new Set(rows.map((row) => `${row.gfe_id} ${row.treatment} ${row.ambiguous === true}`)),
	].sort();

/**
 * Asks Check Clearance for the patient of every visit and every treatment, now and at the horizon. An
 * answer counts for the patient as the visit that it rests on names the patient.
 */
function naive(visits: Visit[]): string[] {
	const rows: Array<{ gfe_id: string; treatment: string }> = [];
	for (const { gfe_id: own, patient_details: patient } of visits) {
		const who = {
			firstName: patient.first_name ?? patient.name?.split(' ')[0] ?? '',
			lastName: patient.first_name === null ? (patient.name?.split(/\s+/)[1] ?? '') : '',
			email: patient.email ?? undefined,
			dateOfBirth: patient.dob ?? undefined,
		};
		if (patient.first_name !== null) who.lastName = patient.last_name ?? 'Chen';
		for (const treatment of TREATMENTS) {
			try {
				const now = clearanceOfPatient(visits, who, [treatment], at(NOW));
				const then = clearanceOfPatient(visits, who, [treatment], at(NOW.plus({ days: 30 })));
				const [answer] = now.treatments;
				const ended = answer?.reason === 'expired' ? Date.parse(answer.expires_at ?? '') : NaN;
				const isEnding = now.cleared && !then.cleared;
				const hasEnded = ended >= NOW.minus({ days: 10 }).toMillis();
				const isOwn = answer?.gfe_id === own && now.open_gfe_id === null;
				if ((isEnding || hasEnded) && isOwn) {
					rows.push({ gfe_id: own, treatment });
				}
			} catch {
				// Nobody, or ambiguous: Check Clearance gives no answer.
			}
		}
	}
	return shown(rows);
}

/** Random visits seldom end in the asked time: these do. */
const ending = rawVisit.map((raw) => ({
	...raw,
	status: 'Completed',
	approved_treatments: ['Botox'],
	deferred_treatments: [],
	evaluation_completed: '2025-03-20T12:00:00-07:00',
}));

it('gives what Check Clearance says for every patient and treatment', () => {
	let compared = 0;
	fc.assert(
		fc.property(fc.array(fc.oneof(rawVisit, ending), { maxLength: 12 }), (drawn) => {
			const list = drawn.map((raw, index) => ({ ...raw, gfe_id: raw.gfe_id && `gfe_${index}` }));
			const visits = list.map((raw) => readVisit(raw)).filter((one) => one !== undefined);
			const index = new VisitIndex();
			for (const raw of list) index.add(raw);
			const found = [...index.groups()].flatMap(([, group]) =>
				findExpiring(
					group.map((one) => one.visit),
					question,
				),
			);
			const certain = found.filter((row) => row.ambiguous !== true);
			expect(shown(certain)).toEqual(naive(visits));
			compared += certain.length;
		}),
		{ numRuns: sized(1_000) },
	);
	expect(compared).toBeGreaterThan(sized(500));
});

const approved = (id: string, date: string, changes = {}) =>
	visit({
		gfe_id: id,
		requested_treatments: ['Botox'],
		approved_treatments: ['Botox'],
		evaluation_completed: date,
		...changes,
	});
const ids = (visits: Visit[], changes: Parameters<typeof questionOf>[0] = {}) =>
	findExpiring(visits, questionOf(changes)).map((row) => row.gfe_id);

it.each([
	['ends in an hour', '2025-03-10T13:00:00-07:00', ['a']],
	['ends at the horizon', '2025-04-09T12:00:00-07:00', ['a']],
	['ends just after the horizon', '2025-04-09T12:00:01-07:00', []],
	['ended ten days ago', '2025-02-28T12:00:00-08:00', ['a']],
	['ended before that', '2025-02-28T11:59:59-08:00', []],
	['is dated in the future', '2027-03-12T12:00:00-08:00', []],
])('an approval that %s', (_, date, expected) => {
	expect(ids([approved('a', date)])).toEqual(expected);
});

const ENDING = '2025-03-20T12:00:00-07:00';

it.each([
	['a newer approval', approved('b', '2026-01-10T12:00:00-08:00'), []],
	[
		'a newer deferral',
		approved('b', '2026-01-10T12:00:00-08:00', {
			approved_treatments: [],
			deferred_treatments: ['botox'],
		}),
		[],
	],
	['an open visit for it', approved('b', ENDING, { status: 'Processing' }), []],
	[
		'an open visit for something else',
		approved('b', ENDING, { status: 'Processing', requested_treatments: ['Laser'] }),
		['a'],
	],
	['a canceled visit for it', approved('b', ENDING, { status: 'Cancelled by client' }), ['a']],
])('%s of the patient', (_, other, expected) => {
	expect(ids([approved('a', ENDING), other])).toEqual(expected);
});

it('gives each approval once, also if the list has it twice', () => {
	expect(ids([approved('a', ENDING), approved('a', ENDING)])).toEqual(['a']);
});

it('a month of 31 days into a shorter one', () => {
	const visits = [approved('a', '2026-01-31T12:00:00-08:00')];
	const now = DateTime.fromISO('2026-02-28T11:00', { zone: ZONE });
	const short = { now, validityMonths: 1, withinDays: 0, endedWithinDays: 0 };
	expect(ids(visits, short)).toEqual([]);
	expect(ids(visits, { ...short, withinDays: 1 })).toEqual(['a']);
});

it('only the chosen treatments', () => {
	expect(ids([approved('a', ENDING)], { treatments: new Set(['laser']) })).toEqual([]);
	expect(ids([approved('a', ENDING)], { treatments: new Set(['botox']) })).toEqual(['a']);
});

describe('where Check Clearance cannot tell', () => {
	const patient = { first_name: 'Nathan', last_name: 'Drake', email: 'n@example.com' };

	it.each([
		[
			'two dates of birth with one address',
			[
				approved('a', ENDING, { patient_details: { ...patient, dob: '10-27-1990' } }),
				visit({ gfe_id: 'b', patient_details: { ...patient, dob: '06-01-2015' } }),
			],
		],
		[
			'a newer deferral of somebody of the same name',
			[
				approved('a', ENDING, { patient_details: patient }),
				approved('b', '2026-01-10T12:00:00-08:00', {
					approved_treatments: [],
					deferred_treatments: ['Botox'],
					patient_details: { ...patient, email: null, dob: '10-27-1990' },
				}),
			],
		],
		['a name alone', [approved('a', ENDING, { patient_details: { name: 'Nathan Drake' } })]],
		['nobody', [approved('a', ENDING, { patient_details: {} })]],
	])('%s: the row says so', (_, visits) => {
		const rows = findExpiring(visits, question).filter((row) => row.gfe_id === 'a');
		expect(rows).toMatchObject([{ ambiguous: true, result: 'expiring' }]);
	});
});

it('days are those of the calendar, and the summary names no patient', () => {
	const [soon] = findExpiring([approved('a', '2025-03-11T01:00:00-07:00')], question);
	expect(soon).toMatchObject({ days_left: 1, expires_at: '2026-03-11T08:00:00.000Z' });
	expect(soon).not.toHaveProperty('ambiguous');
	const [past] = findExpiring([approved('a', '2025-03-08T12:00:00-08:00')], question);
	expect(past).toMatchObject({ days_left: -2, result: 'expired' });
	const texts = [soon, past].map((row) => (row ? expiringSummary(row, ZONE) : ''));
	expect(texts[0]).toMatch(/Botox in GFE a ends in 1 day, on March 11, 2026, 1:00 AM PDT/);
	expect(texts[1]).toMatch(/ended 2 days ago/);
	expect(texts.join()).not.toMatch(/Nathan|Drake|@|1990/);
});
