import {
	chosenEvents,
	sampleEvent,
	visitEvent,
} from '../../../../nodes/Spakinect/trigger/polling/events';
import type { PollEvent } from '../../../../nodes/Spakinect/trigger/polling/diff';
import type { RawVisit } from '../../../../nodes/Spakinect/domain/visit/apiVisit';

const done = (id: string, evaluated?: unknown) => ({
	gfe_id: id,
	status: 'Completed',
	evaluation_completed: evaluated,
});
const open = (id: string) => ({ gfe_id: id, status: 'Processing' });

it('chosenEvents keeps the chosen ones, in the order of the list', () => {
	const changes = [
		{ visit: open('a'), gfeId: 'a', events: ['created' as const] },
		{ visit: done('b'), gfeId: 'b', events: ['completed' as const, 'statusChanged' as const] },
	];
	const names = (chosen: ('created' | 'completed' | 'statusChanged')[]) =>
		chosenEvents(changes, chosen).map(({ event, visit }) => `${visit.gfe_id} ${event}`);
	expect(names(['statusChanged'])).toEqual(['b statusChanged']);
	expect(names(['statusChanged', 'completed', 'created'])).toEqual([
		'a created',
		'b completed',
		'b statusChanged',
	]);
});

it.each([
	['completed, nothing decided', done('a'), true],
	['completed, decided', { ...done('a'), deferred_treatments: ['Botox'] }, undefined],
	['completed, decided in a text', { ...done('a'), approved_treatments: 'Botox' }, undefined],
	['open', open('a'), undefined],
	['cancelled', { gfe_id: 'a', status: 'Cancelled' }, undefined],
])('visitEvent: %s', (_, visit, incomplete) => {
	expect(visitEvent('completed', 'a', visit).incomplete).toBe(incomplete);
});

describe('sampleEvent', () => {
	const rows = (visits: object[]) => visits.map((visit) => ({ visit: visit as RawVisit }));
	const decided = (id: string, evaluated?: unknown) => ({
		...done(id, evaluated),
		approved_treatments: ['Botox'],
	});

	it.each<[string, object[], string]>([
		[
			'the one evaluated last',
			[
				done('a', '2026-01-02T00:00:00-08:00'),
				done('b', '2026-01-03T00:00:00Z'),
				done('c', 1_767_225_600),
			],
			'b',
		],
		['the last of the list when nothing is known', [done('a'), done('b')], 'b'],
		['one that fits rather than a newer one that does not', [done('a'), open('b')], 'a'],
		['one with decisions rather than one without', [decided('a'), done('b')], 'a'],
	])('shows %s', (_, visits, expected) => {
		expect(sampleEvent(rows(visits), ['completed'])).toMatchObject({
			event: 'completed',
			visit: { gfe_id: expected },
		});
	});

	it.each<[PollEvent[], object, PollEvent | undefined]>([
		[['created', 'cancelled'], { status: 'Cancelled' }, 'cancelled'],
		[['created', 'cancelled'], { status: 'Processing' }, 'created'],
		[['created', 'completed'], { status: 'Completed' }, 'completed'],
		[['created'], { status: 'Completed' }, 'created'],
		[['completed'], { status: 'Processing' }, undefined],
		[['completed'], { status: 'Approved' }, undefined],
		[['completed'], {}, undefined],
		[['cancelled', 'rejected'], { status: 'Completed' }, undefined],
		[['rejected'], { status: 'Rejected' }, 'rejected'],
		[['statusChanged'], { status: 'Processing' }, undefined],
		[['statusChanged'], { status: 'Canceled' }, 'statusChanged'],
		[['statusChanged', 'rejected'], { status: 'Rejected' }, 'rejected'],
		[['decisionsChanged'], { status: 'Completed' }, undefined],
		[['decisionsChanged'], decided('a'), 'decisionsChanged'],
		[['decisionsChanged'], { ...decided('a'), status: 'Processing' }, undefined],
		[['decisionsChanged', 'completed'], decided('a'), 'completed'],
	])('%j of %j is %s', (chosen, visit, event) => {
		expect(sampleEvent(rows([visit]), chosen)?.event).toBe(event);
	});

	it('has nothing to show in an empty list', () =>
		expect(sampleEvent([], ['created'])).toBeUndefined());
});
