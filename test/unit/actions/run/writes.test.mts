import { RetriedWrites } from '../../../../nodes/Spakinect/actions/run/writes';

const outcome = { results: [{ json: { gfe_id: 'v1' } }] };

it('knows a write of the same item in the same run of the same node', () => {
	const item = { json: {} };
	new RetriedWrites('execution', 'node', 0).set(item, outcome);
	expect(new RetriedWrites('execution', 'node', 0).get(item)).toBe(outcome);
});

it.each([
	['another run: a loop that comes back', 'execution', 'node', 1],
	['another node', 'execution', 'other', 0],
	['a sub-workflow that is handed the same items', 'other', 'node', 0],
])('does not know it in %s', (_, executionId, nodeId, runIndex) => {
	const item = { json: {} };
	new RetriedWrites('execution', 'node', 0).set(item, outcome);
	expect(new RetriedWrites(executionId, nodeId, runIndex).get(item)).toBeUndefined();
});

it('takes an equal item for another one', () => {
	const writes = new RetriedWrites('execution', 'node', 0);
	writes.set({ json: { a: 1 } }, outcome);
	expect(writes.get({ json: { a: 1 } })).toBeUndefined();
});

it('keeps for the next try what was created, and for no other run', () => {
	const first = { json: {} };
	const visits = new RetriedWrites('execution', 'node', 0).created(first);
	expect(new RetriedWrites('execution', 'node', 0).created(first)).toBe(visits);
	expect(new RetriedWrites('execution', 'node', 1).created(first)).not.toBe(visits);
});
