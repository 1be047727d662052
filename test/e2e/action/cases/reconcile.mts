import type { ActionWorld } from '../../support/action.mts';
import { fromItem } from '../../support/actionData.mts';
import { runAction, type NodeSettings } from '../../support/actionRun.mts';
import { MOST_SILENCE, silenceDuring, silenceIn } from '../../support/silence.mts';

const VISITS = 3_000;

/** Reconcile takes all items at once; the rest of its tests are in test/node. */
export const describeReconcile = (world: () => ActionWorld): void => {
	const records = [
		{ tag: 'a', locationId: 'loc_downtown', gfeId: 'gfe-done', reference: 'r1' },
		{ tag: 'b', locationId: 'loc_other_emr', gfeId: 'gfe-lost', reference: 'r2' },
		{ tag: 'c', locationId: 'loc_downtown', gfeId: 'gfe-nowhere', reference: 'r3' },
	];
	const parameters = {
		resource: 'gfe',
		operation: 'reconcile',
		...fromItem('locationId', 'gfeId', 'reference'),
		// A visit without a record belongs to all items, so the look-back behind the node finds no single one.
		options: { show: ['changed', 'same', 'notFound'] },
	};
	const run = (settings?: NodeSettings, items = records) =>
		runAction(world(), { parameters, items, ...(settings && { settings }) });

	it('sends each record of a list that cannot be read to the error output', async () => {
		const { json, failed, pairs } = await run({ onError: 'continueErrorOutput' });
		expect(json.map(({ result, reference }) => [result, reference])).toEqual([
			['changed', 'r1'],
			['not_found', 'r3'],
		]);
		expect(pairs.slice(0, 2)).toEqual(['a', 'c']);
		expect(failed).toHaveLength(1);
		expect(await world().control.calls()).toEqual(
			expect.arrayContaining(['GET /emr/gfes/loc_downtown 200', 'GET /emr/gfes/loc_other_emr 403']),
		);
	});

	it('stops with the error of the record without Continue On Fail', async () => {
		const { execution } = await run();
		expect(execution.status).toBe('error');
	});

	it.each([
		// Fields without a computation are so fast that only many of them take most of the node's time.
		[30_000, 'dragged fields', fromItem('gfeId')],
		[3_000, 'expressions that n8n has to compute', { gfeId: '={{ $json.gfeId.trim() }}' }],
	])('answers others while %i records are compared, with %s', async (records, _, fields) => {
		await world().control.generate(VISITS);
		const visits = (await world().control.state()).visits.slice(-VISITS);
		const ids = Array.from({ length: records }, (__, n) => visits[n % VISITS]!.gfe_id);
		ids.push('gfe-nowhere');
		const items = ids.map((gfeId) => ({ locationId: 'loc_downtown', gfeId, reference: '' }));
		// One result, since the nodes behind would compute three thousand look-backs in one go.
		const options = { show: ['notFound'] };
		const { waits, result } = await silenceDuring(world().client.url, () =>
			runAction(world(), { parameters: { ...parameters, ...fields, options }, items }),
		);
		expect(result.json).toMatchObject([{ result: 'not_found', gfe_id: 'gfe-nowhere' }]);
		const { share, asked } = silenceIn(waits, result.execution, 'Spakinect');
		expect(asked).toBeGreaterThan(3);
		expect(share).toBeLessThan(MOST_SILENCE);
	});
};
