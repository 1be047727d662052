import type { PollEvent } from '../../../../nodes/Spakinect/trigger/polling/diff';
import { diffVisits } from '../../../../nodes/Spakinect/trigger/polling/diff';
import type { RawVisit } from '../../../../nodes/Spakinect/domain/visit/apiVisit';
import { MARK_LENGTH } from '../../../../nodes/Spakinect/trigger/polling/marks';

const open = (id: string, status = 'Processing'): RawVisit => ({ gfe_id: id, status });
const done = (id: string, approved = ['Botox'], status = 'Completed'): RawVisit => ({
	gfe_id: id,
	status,
	approved_treatments: approved,
});

/** Polls the lists one after the other; what came out of each poll, as `id: events`. */
function polls(...lists: RawVisit[][]): string[][] {
	let marks: string | undefined;
	return lists.map((list) => {
		const diff = diffVisits(marks, list);
		marks = diff.marks;
		return diff.changes.map(({ gfeId, events }) => `${gfeId}: ${events.join(' ')}`);
	});
}

describe('diffVisits', () => {
	it('the first poll only takes note', () => {
		expect(polls([open('a'), done('b')])).toEqual([[]]);
	});

	it('an empty list that was armed reports its first visit', () => {
		expect(polls([], [open('a')])).toEqual([[], ['a: created']]);
	});

	it('emitExisting reports what is there, with all that has happened to it', () => {
		const { changes } = diffVisits(undefined, [open('a'), done('b')], { emitExisting: true });
		expect(changes.map(({ events }) => events)).toEqual([['created'], ['created', 'completed']]);
	});

	it.each<[string, RawVisit, RawVisit, PollEvent[]]>([
		['nothing', open('a'), open('a'), []],
		['completion', open('a'), done('a'), ['completed', 'statusChanged']],
		['completion with nothing decided', open('a'), done('a', []), ['completed', 'statusChanged']],
		['cancellation', open('a'), open('a', 'Cancelled'), ['cancelled', 'statusChanged']],
		[
			'cancellation in other words',
			open('a', 'Cancelled'),
			open('a', 'Cancelled by client'),
			['statusChanged'],
		],
		['rejection', open('a'), open('a', 'Rejected'), ['rejected', 'statusChanged']],
		['another open status', open('a'), open('a', 'Pending Review'), ['statusChanged']],
		['a status nobody has heard of', open('a'), open('a', 'Teleported'), ['statusChanged']],
		['a status in other letters', open('a'), open('a', ' PROCESSING '), []],
		['a changed decision', done('a'), done('a', []), ['decisionsChanged']],
		['the first decisions, a poll after completion', done('a', []), done('a'), ['completed']],
		['reopening', done('a'), open('a'), ['statusChanged', 'decisionsChanged']],
		['decisions before completion', open('a'), done('a', ['Botox'], 'Approved'), ['statusChanged']],
		[
			'completion with the same decisions',
			done('a', ['Botox'], 'Approved'),
			done('a'),
			['completed', 'statusChanged'],
		],
	])('%s', (_, before, after, events) => {
		const { marks } = diffVisits(undefined, [before]);
		const [change] = diffVisits(marks, [after]).changes;
		expect(change?.events ?? []).toEqual(events);
	});

	it('a visit that ended between two polls has had both events', () => {
		expect(polls([], [done('a'), open('b', 'Cancelled'), open('c', 'Odd')])[1]).toEqual([
			'a: created completed',
			'b: created cancelled',
			'c: created',
		]);
	});

	it('the order of the list does not matter', () => {
		expect(polls([open('a'), open('b')], [open('b'), open('a')], [done('a'), open('b')])).toEqual([
			[],
			[],
			['a: completed statusChanged'],
		]);
	});

	it.each([
		['goes away and comes back', [[], [open('a'), open('b')]]],
		['is cut short', [[open('a')], [open('a'), open('b')]]],
		['loses its first', [[open('b')], [open('a'), open('b')]]],
	])('a list that %s reports nothing', (_, lists) => {
		expect(polls([open('a'), open('b')], ...lists).flat()).toEqual([]);
	});

	it('changes while a visit was away are reported when it is back', () => {
		expect(polls([open('a'), open('b')], [open('b')], [done('a'), open('b')])[2]).toEqual([
			'a: completed statusChanged',
		]);
	});

	describe('a visit listed twice counts as its further row, wherever that stands', () => {
		const evaluated = (visit: RawVisit, evaluation_completed: string) => ({
			...visit,
			evaluation_completed,
		});
		const deferred = (id: string): RawVisit => ({
			gfe_id: id,
			status: 'Completed',
			deferred_treatments: ['Botox'],
		});

		it.each<[string, RawVisit, RawVisit, string]>([
			['open, completed', open('a'), done('a'), 'created completed'],
			['cancelled, completed', open('a', 'Cancelled'), done('a'), 'created completed'],
			['open, cancelled', open('a'), open('a', 'Cancelled by client'), 'created cancelled'],
			['unknown, rejected', open('a', 'Odd'), open('a', 'Rejected'), 'created rejected'],
		])('%s', (_, less, further, events) => {
			expect(polls([], [less, further], [further, less], [further])).toEqual([
				[],
				[`a: ${events}`],
				[],
				[],
			]);
			expect(polls([], [further, less])[1]).toEqual([`a: ${events}`]);
		});

		it.each<[string, RawVisit, RawVisit]>([
			['without and with decisions', done('a', []), done('a')],
			[
				'an older and a newer evaluation',
				evaluated(deferred('a'), '2026-01-01T00:00:00Z'),
				evaluated(done('a'), '2026-01-02T00:00:00Z'),
			],
			['an approval and, as far as known at the same time, a deferral', done('a'), deferred('a')],
			['two open ones', open('a'), open('a', 'Pending Review')],
		])('of two: %s', (_, less, further) => {
			for (const rows of [
				[less, further],
				[further, less],
			]) {
				const { marks, changes } = diffVisits('', rows);
				expect(changes.map(({ visit }) => visit)).toEqual([further]);
				expect(marks).toBe(diffVisits(undefined, [further]).marks);
			}
		});

		it('its completion is reported although the old row stays first', () => {
			expect(polls([open('a')], [open('a'), done('a')])[1]).toEqual(['a: completed statusChanged']);
		});

		it('the first poll takes note of the further row', () => {
			expect(polls([open('a'), done('a')], [done('a')])[1]).toEqual([]);
		});
	});

	describe('decisions that come after the completion', () => {
		it('are `completed` again, once', () => {
			expect(
				polls([open('a')], [done('a', [])], [done('a', [])], [done('a')], [done('a')]),
			).toEqual([[], ['a: completed statusChanged'], [], ['a: completed'], []]);
		});

		it('are `completed` again also when the visit was first seen without them', () => {
			expect(polls([], [done('a', [])], [done('a')])).toEqual([
				[],
				['a: created completed'],
				['a: completed'],
			]);
		});

		it('are not the first ones when an answer left them out in between', () => {
			expect(polls([done('a')], [done('a', [])], [done('a', [])], [done('a')])).toEqual([
				[],
				['a: decisionsChanged'],
				[],
				['a: decisionsChanged'],
			]);
		});
	});

	describe('Include Existing', () => {
		const existing = (elsewhere: RawVisit[], list: RawVisit[]) =>
			diffVisits(undefined, list, {
				emitExisting: true,
				elsewhere: diffVisits(undefined, elsewhere).marks,
			}).changes.map(({ gfeId, events }) => `${gfeId}: ${events.join(' ')}`);

		it('leaves out what another list of this trigger held', () => {
			expect(existing([done('a'), open('b')], [done('a'), open('b'), open('c')])).toEqual([
				'c: created',
			]);
		});

		it('but not what has happened to it since', () => {
			expect(existing([open('a')], [done('a')])).toEqual(['a: completed statusChanged']);
		});
	});

	it('visits without a usable id are left out, and the others are not', () => {
		const odd = [{ status: 'Completed' }, { gfe_id: {} }, { gfe_id: ' ' }, { gfe_id: null }];
		const usable = [open('a'), { gfe_id: 7 }, { gfe_id: '', visit_id: 'v', status: 'x' }];
		expect(polls([], [...odd, ...usable])[1]).toEqual(['a: created', '7: created', 'v: created']);
	});

	it('the marks of visits that are gone stay bounded', () => {
		let marks = '';
		for (let round = 0; round < 30; round += 1) {
			const list = Array.from({ length: 1000 }, (_, index) => open(`${round}-${index}`));
			({ marks } = diffVisits(marks, list));
		}
		expect(marks.length / MARK_LENGTH).toBe(21_000);
	});

	it('an empty answer for a long list does not make it all new again', () => {
		const list = Array.from({ length: 20_000 }, (_, index) => open(`g${index}`));
		expect(polls(list, [], [open('x')], list).slice(1)).toEqual([[], ['x: created'], []]);
	});
});

describe('a Client list that suddenly is another one', () => {
	const account = (name: string, count: number) =>
		Array.from({ length: count }, (_, index) => done(`${name}${index}`));
	const swap = (before: RawVisit[], after: RawVisit[]) =>
		diffVisits(diffVisits(undefined, before).marks, after, { maybeForeign: true });

	it('is only taken note of', () => {
		expect(swap(account('a', 3), account('b', 100))).toMatchObject({ changes: [], foreign: true });
	});

	it.each([
		[
			'shares a visit with the one before',
			account('a', 3),
			[...account('b', 100), done('a1')],
			100,
		],
		['is short', account('a', 3), account('b', 5), 5],
		['follows an empty one', [], account('b', 100), 100],
	])('is the same account when it %s', (_, before, after, expected) => {
		expect(swap(before, after).changes).toHaveLength(expected);
	});
});
