import { DateTime } from 'luxon';

import {
	assessClearance,
	checkValidityMonths,
} from '../../../../nodes/Spakinect/domain/clearance/clearance';
import type { Visit } from '../../../../nodes/Spakinect/domain/visit/visit';
import { AS_OF, NOW, ask, evaluated, instant, open } from './patientCases.mts';
import { rejection } from '../support/rejection.mts';

describe('validity in calendar months', () => {
	const at = (completed: string, months: number, asOf: string) =>
		ask(
			[evaluated('a', null, 'approved', { evaluation_completed: completed })],
			['Botox'],
			months,
			asOf,
			Math.max(Date.parse(completed), Date.parse(asOf)),
		).treatments[0];

	it.each([
		[
			'31 January plus a month is the last of February',
			'2026-01-31T10:00:00Z',
			1,
			'2026-02-28T10:00:00.000Z',
		],
		['in a leap year the 29th', '2028-01-31T10:00:00Z', 1, '2028-02-29T10:00:00.000Z'],
		['leap day plus a year', '2024-02-29T10:00:00Z', 12, '2025-02-28T10:00:00.000Z'],
		['over the end of a year', '2025-11-15T10:00:00Z', 3, '2026-02-15T10:00:00.000Z'],
	])('%s', (_, completed, months, expires) => {
		const before = new Date(Date.parse(expires) - 1).toISOString();
		expect(at(completed, months, before)).toMatchObject({ cleared: true, expires_at: expires });
		expect(at(completed, months, expires)).toMatchObject({
			reason: 'expired',
			expires_at: expires,
		});
	});

	it('counts in the zone of the question: the clock time stays over a change of the clocks', () => {
		const asOf = DateTime.fromISO('2026-03-01T12:00', { zone: 'America/Los_Angeles' });
		const visits = [evaluated('a', '2026-02-20', 'approved')];
		const [answer] = ask(visits, ['Botox'], 1, asOf).treatments;
		expect(answer?.expires_at).toBe('2026-03-20T19:00:00.000Z');
	});

	it('an evaluation at the very instant that is asked about counts', () => {
		expect(at('2026-01-31T10:00:00Z', 1, '2026-01-31T10:00:00Z')?.cleared).toBe(true);
	});
});

describe('several treatments', () => {
	const visits = [
		evaluated('a', '2026-01-10', 'approved', {
			requested_treatments: ['Botox', 'Laser'],
			approved_treatments: ['Botox', 'Laser'],
		}),
		open('b', ['Peel']),
		open('c', ['Peel', 'Filler']),
		open('d', ['Filler']),
	];

	it('is cleared only when each is', () => {
		expect(ask(visits, ['Botox', 'Laser']).cleared).toBe(true);
		expect(ask(visits, ['Botox', 'Peel']).cleared).toBe(false);
		expect(ask(visits, []).cleared).toBe(false);
	});

	it('answers once for each, as asked', () => {
		const { treatments } = ask(visits, ['laser', 'BOTOX', 'Botox']);
		expect(treatments.map(({ treatment }) => treatment)).toEqual(['laser', 'BOTOX']);
	});

	it.each([
		['the one that covers most', ['Peel', 'Filler'], 'c'],
		['of equals the last in the list', ['Filler'], 'd'],
		['none when no open visit covers any', ['Botox'], null],
	])('open_gfe_id: %s', (_, treatments, id) => {
		expect(ask(visits, treatments).open_gfe_id).toBe(id);
	});

	it('has exactly the contract keys', () => {
		const [answer] = ask(visits).treatments;
		expect(answer).toEqual({
			treatment: 'Botox',
			cleared: true,
			decision: 'approved',
			gfe_id: 'a',
			evaluation_completed: '2026-01-10T20:00:00.000Z',
			expires_at: '2027-01-10T20:00:00.000Z',
			reason: 'approved',
		});
	});
});

describe('visits that may be the same person', () => {
	const approved = [evaluated('a', '2025-12-10', 'approved')];
	const LASER = { requested_treatments: ['Laser'], deferred_treatments: ['Laser'] };
	const question = { validityMonths: 12, asOf: instant(AS_OF), now: NOW };
	const withPossible = (possible: Visit[]) => () =>
		assessClearance(approved, ['Botox'], question, possible);

	it.each([
		['a newer deferral', [evaluated('b', '2026-01-10', 'deferred')]],
		['an undated deferral', [evaluated('b', null, 'deferred')]],
	])('%s makes the patient ambiguous', (_, possible) => {
		expect(rejection(withPossible(possible)).field).toBe('Patient');
	});

	it.each([
		['a newer approval', [evaluated('b', '2026-01-10', 'approved')]],
		['an older deferral', [evaluated('b', '2025-01-10', 'deferred')]],
		[
			'a decision on something else',
			[
				evaluated('b', '2026-01-10', 'deferred', {
					requested_treatments: [],
					deferred_treatments: ['Laser'],
				}),
			],
		],
	])('%s changes nothing', (_, possible) => {
		expect(withPossible(possible)()).toEqual(ask(approved));
	});

	it('is ambiguous when they matter for one of several treatments', () => {
		const visits = [...approved, evaluated('c', '2025-12-10', 'deferred', LASER)];
		const possible = [evaluated('b', '2026-01-10', 'deferred')];
		const error = rejection(() => assessClearance(visits, ['Botox', 'Laser'], question, possible));
		expect(error.field).toBe('Patient');
	});

	it('never clears anybody', () => {
		expect(assessClearance([], ['Botox'], question, approved).cleared).toBe(false);
	});
});

describe('refused options', () => {
	it.each([0, -1, 1.5, NaN, 1201])('validity of %p months', (months) => {
		expect(rejection(() => checkValidityMonths(months)).field).toBe('Validity (Months)');
	});

	it.each(['', 'soon', DateTime.invalid('test')])('as of %p', (asOf) => {
		expect(rejection(() => ask([], ['Botox'], 12, asOf)).field).toBe('Appointment Time');
	});
});

describe('a decision that is dated after the present moment', () => {
	const at = (completed: string, decision: 'approved' | 'deferred') =>
		evaluated('b', null, decision, { evaluation_completed: completed });
	const now = (visits: Visit[]) =>
		ask(visits, ['Botox'], 12, AS_OF, Date.parse(AS_OF)).treatments[0];
	const older = evaluated('a', '2025-12-10', 'approved');

	it.each([
		['the clocks differ by minutes', '2026-03-10T12:04:00-07:00', 'deferred'],
		['a local time was sent as UTC', '2026-03-10T20:00:00-07:00', 'no_evaluation_date'],
	])('takes an older approval away: %s', (_, completed, reason) => {
		expect(now([older, at(completed, 'deferred')])).toMatchObject({ cleared: false, reason });
	});

	it('does not clear longer than it may: its date cannot be right', () => {
		expect(now([at('2099-01-01T00:00:00Z', 'approved')])).toMatchObject({
			cleared: false,
			reason: 'no_evaluation_date',
		});
		expect(now([at('2026-03-10T12:04:00-07:00', 'approved')])).toMatchObject({ cleared: true });
	});

	it.each([
		['for the past', '2026-03-10T11:00:00-07:00'],
		['for the time of its date', '2099-01-01T00:00:00Z'],
		['for a time after its date', '2099-06-01T00:00:00Z'],
	])('clears nobody at any time: %s', (_, asOf) => {
		const approval = at('2099-01-01T00:00:00Z', 'approved');
		const [answer] = ask([approval], ['Botox'], 12, asOf, Date.parse(AS_OF)).treatments;
		expect(answer).toMatchObject({ cleared: false, reason: 'no_evaluation_date' });
	});
});

describe('whatever is known now counts', () => {
	const before = evaluated('a', '2026-01-10', 'approved');
	const later = '2026-04-10';

	it.each([
		['deferred', evaluated('b', later, 'deferred'), 'deferred'],
		['conditional', evaluated('b', later, 'conditional'), 'conditionally_approved'],
		['undecided in a completed visit', evaluated('b', later, 'undecided'), 'undecided'],
		[
			'deferred under a status that is not known',
			evaluated('b', later, 'deferred', { status: 'Amended' }),
			'deferred',
		],
	])('%s after the time that is asked about', (_, decision, reason) => {
		expect(ask([before, decision]).treatments[0]).toMatchObject({
			cleared: false,
			reason,
			gfe_id: 'b',
		});
	});

	it('an approval made after that time leaves the older one in its place', () => {
		const visits = [before, evaluated('b', later, 'approved')];
		expect(ask(visits).treatments[0]).toMatchObject({ cleared: true, gfe_id: 'a' });
	});

	it('and does not undo a deferral for that time', () => {
		const visits = [
			before,
			evaluated('b', '2026-04-01', 'deferred'),
			evaluated('c', later, 'approved'),
		];
		expect(ask(visits).treatments[0]).toMatchObject({ cleared: false, gfe_id: 'b' });
		expect(ask(visits, ['Botox'], 12, '2026-04-11T12:00:00Z').cleared).toBe(true);
	});
});
