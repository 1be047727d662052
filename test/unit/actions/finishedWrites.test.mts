import { FinishedWrites } from '../../../nodes/Spakinect/actions/finishedWrites';

const outcome = { results: [{ json: { gfe_id: 'v1' } }] };

it('knows a write of the same item in the same run of the same node', () => {
	const item = { json: {} };
	new FinishedWrites('node', 0).set(item, outcome);
	expect(new FinishedWrites('node', 0).get(item)).toBe(outcome);
});

it.each([
	['another run: a loop that comes back', 'node', 1],
	['another node', 'other', 0],
])('does not know it in %s', (_, nodeId, runIndex) => {
	const item = { json: {} };
	new FinishedWrites('node', 0).set(item, outcome);
	expect(new FinishedWrites(nodeId, runIndex).get(item)).toBeUndefined();
});

it('takes an equal item for another one', () => {
	const writes = new FinishedWrites('node', 0);
	writes.set({ json: { a: 1 } }, outcome);
	expect(writes.get({ json: { a: 1 } })).toBeUndefined();
});
