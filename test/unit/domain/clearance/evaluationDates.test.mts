import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
	readEvaluationDates,
	withEvaluationDates,
} from '../../../../nodes/Spakinect/domain/clearance/evaluationDates';
import { InputError } from '../../../../nodes/Spakinect/domain/inputError';
import { AS_OF, ask, evaluated, open } from './patientCases.mts';

const NOW = Date.parse('2026-03-10T20:00:00Z');
const MAY = '2025-05-02T17:00:00.000Z';
const readAll = (value: unknown, zone = 'UTC') =>
	Object.fromEntries(
		[...(readEvaluationDates(value, zone, NOW) ?? [])].map(([id, millis]) => [
			id,
			new Date(millis).toISOString(),
		]),
	);

it.each<[string, unknown]>([
	['rows of a table', [{ gfe_id: 'a', event_time: MAY, note: 'x' }]],
	['n8n items', [{ json: { gfe_id: 'a', evaluated_at: MAY }, pairedItem: { item: 0 } }]],
	['rows of the examples', [{ booking_id: 'b-1', gfe_id: 'a', completed_at: MAY }]],
	[
		'the first column that is filled',
		[{ gfe_id: 'a', evaluation_completed: null, event_time: MAY }],
	],
	['one row alone', { gfe_id: 'a', event_time: MAY, note: 'x' }],
	['one n8n item', { json: { gfe_id: 'a', event_time: MAY } }],
	['an object by GFE ID', { a: MAY }],
	['JSON text of rows', JSON.stringify([{ gfe_id: 'a', event_time: MAY }])],
	['JSON text of an object', JSON.stringify({ a: MAY })],
	['Unix seconds', { a: Date.parse(MAY) / 1000 }],
	['a DateTime', { a: DateTime.fromISO(MAY) }],
	['a Date', { a: new Date(MAY) }],
	['another offset', { a: '2025-05-02T10:00:00-07:00' }],
	[
		'the same time twice',
		[
			{ gfe_id: 'a', event_time: MAY },
			{ gfe_id: 'a', event_time: '2025-05-02T10:00:00-07:00' },
		],
	],
	[
		'rows that hold nothing yet',
		[
			{ gfe_id: 'a', event_time: MAY },
			{ gfe_id: 'b', event_time: '' },
			{ gfe_id: null, event_time: null },
			{},
		],
	],
])('reads %s', (_, value) => {
	expect(readAll(value)).toEqual({ a: MAY });
});

it('reads a time without an offset in the zone', () => {
	expect(readAll({ a: '2025-05-02T10:00:00' }, 'America/Los_Angeles')).toEqual({ a: MAY });
});

it.each([undefined, null, '', '  '])('%j is nothing given', (value) => {
	expect(readEvaluationDates(value, 'UTC', NOW)).toBeUndefined();
});
it.each([[[]], ['[]'], [{}], ['{}']])('%j is given, and empty', (value) => {
	expect(readEvaluationDates(value, 'UTC', NOW)?.size).toBe(0);
});

const SECRET = 'Quillon Vanterpool';
it.each<[string, unknown, RegExp]>([
	['text that is no JSON', SECRET, /a list of rows or an object/],
	['a number', 7, /a list of rows/],
	['rows without gfe_id', [{ id: SECRET, event_time: MAY }], /no columns/],
	['rows without a time', [{ gfe_id: 'a', completed: MAY }], /no columns/],
	['one row without a time', { gfe_id: 'a', completed: MAY }, /no columns/],
	['a list of texts', [SECRET], /no columns/],
	['a time that is none', { a: SECRET }, /not a date and time/],
	['a day without a time', { a: '2025-05-02' }, /no time of day/],
	['a time in the future', { a: '2026-03-10T20:06:00Z' }, /in the future/],
	[
		'two times of one GFE',
		[
			{ gfe_id: SECRET, event_time: MAY },
			{ gfe_id: SECRET, event_time: '2025-06-02T17:00:00Z' },
		],
		/two different times for the same GFE/,
	],
])('refuses %s, naming the field and not what is in it', (_, value, message) => {
	const read = () => readEvaluationDates(value, 'UTC', NOW);
	expect(read).toThrow(InputError);
	expect(read).toThrow(message);
	expect(read).toThrow(/^'Evaluation Dates'/);
	expect(read).not.toThrow(new RegExp(SECRET));
});

it('lets the clocks differ by minutes', () => {
	expect(readAll({ a: '2026-03-10T20:04:00Z' })).toEqual({ a: '2026-03-10T20:04:00.000Z' });
});

const dates = (given: Record<string, string>) => readEvaluationDates(given, 'UTC', NOW)!;

it('clears by a date of the records, and says which', () => {
	const known = withEvaluationDates([evaluated('a', null, 'approved')], dates({ a: MAY }));
	expect([...known.own]).toEqual(['a']);
	expect(ask(known.visits)).toMatchObject({
		cleared: true,
		treatments: [
			{ reason: 'approved', evaluation_completed: MAY, expires_at: '2026-05-02T17:00:00.000Z' },
		],
	});
});

it.each([
	['a date that Spakinect gives', evaluated('a', '2024-01-10', 'approved')],
	['an open visit', open('a')],
	['a status that is not known', evaluated('a', null, 'approved', { status: 'Finished' })],
	['a cancelled visit', evaluated('a', null, 'approved', { status: 'Cancelled' })],
])('leaves %s as it is', (_, visit) => {
	const { visits, own } = withEvaluationDates([visit], dates({ a: MAY }));
	expect(visits).toEqual([visit]);
	expect(own.size).toBe(0);
});

it('does not clear over a decision whose date nobody gives', () => {
	const visits = [evaluated('a', null, 'approved'), evaluated('b', null, 'deferred')];
	expect(ask(withEvaluationDates(visits, dates({ a: MAY })).visits).treatments).toMatchObject([
		{ cleared: false, reason: 'no_evaluation_date', gfe_id: 'b' },
	]);
});

const LISTS = ['approved', 'conditional', 'deferred', 'undecided'] as const;
it('answers as if Spakinect had given the same dates, whatever the decisions', () => {
	const visit = fc.record({
		day: fc.integer({ min: 0, max: 800 }),
		decision: fc.constantFrom(...LISTS),
		given: fc.boolean(),
	});
	fc.assert(
		fc.property(fc.array(visit, { maxLength: 5 }), (all) => {
			const dayOf = (ago: number) =>
				new Date(Date.parse(AS_OF) - (ago + 1) * 86_400_000).toISOString().slice(0, 10);
			const whole = all.map(({ day, decision }, at) => evaluated(`v${at}`, dayOf(day), decision));
			const partly = all.map(({ day, decision, given }, at) =>
				evaluated(`v${at}`, given ? dayOf(day) : null, decision),
			);
			const records = dates(
				Object.fromEntries(whole.map((one) => [one.gfe_id, one.evaluation_completed!])),
			);
			expect(ask(withEvaluationDates(partly, records).visits)).toEqual(ask(whole));
		}),
	);
});
