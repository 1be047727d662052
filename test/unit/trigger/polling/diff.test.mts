import type { PollEvent } from '../../../../nodes/Spakinect/trigger/polling/diff';
import { diffVisits } from '../../../../nodes/Spakinect/trigger/polling/diff';
import type { RawVisit } from '../../../../nodes/Spakinect/trigger/polling/marks';
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
		['a decision that comes late', done('a', []), done('a'), ['decisionsChanged']],
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

	it('a visit listed twice is reported once', () => {
		expect(polls([], [open('a'), done('a')], [open('a'), done('a')])).toEqual([
			[],
			['a: created'],
			[],
		]);
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
