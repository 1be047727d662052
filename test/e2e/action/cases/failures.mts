import { failureOf } from '../../../../sandbox/n8n/client.mts';
import type { ActionWorld } from '../../support/action.mts';
import { AT_HOME, booking, fromItem } from '../../support/actionData.mts';
import { runAction, type Json } from '../../support/actionRun.mts';

interface FailureCase {
	name: string;
	parameters: Json;
	/** Three items: good, bad, good; tagged a, b and c. */
	items: Json[];
	message: RegExp;
	advice: RegExp;
	/** Writes that arrive if the node stops at the bad item, and if it goes on. */
	writes: [stopped: number, continued: number];
}

const tagged = (name: string, values: unknown[]): Json[] =>
	values.map((value, i) => ({ tag: 'abc'[i], [name]: value }));

const CASES: FailureCase[] = [
	{
		name: 'a create with a phone number that cannot be one',
		parameters: AT_HOME,
		items: [booking('a'), booking('b', { phone: '12' }), booking('c')],
		message: /'Phone'/,
		advice: /./,
		writes: [1, 2],
	},
	{
		name: 'a get of a GFE that is not there',
		parameters: { resource: 'atHomeVisit', operation: 'get', ...fromItem('gfeId') },
		items: tagged('gfeId', ['gfe-done', 'no-such-gfe', 'gfe-open']),
		message: /GFE not found \(404\)/,
		advice: /GFE ID/,
		writes: [0, 0],
	},
	{
		name: 'a subscription to a location of somebody else',
		parameters: { resource: 'location', operation: 'subscribe', ...fromItem('locationId') },
		items: tagged('locationId', ['loc_downtown', 'loc_other_emr', 'loc_uptown']),
		message: /no access to this location or GFE \(403\)/,
		advice: /Client Portal/,
		writes: [1, 2],
	},
];

/** Good and bad items in one run, with each of n8n's three settings for errors. */
export const describeFailures = (world: () => ActionWorld): void => {
	const writes = async () =>
		(await world().control.journal()).filter(
			({ method, status }) => method !== 'GET' && (status ?? 500) < 300,
		).length;

	describe.each(CASES)('$name, between two good items', (one) => {
		const { parameters, items, message, advice } = one;
		// n8n replaces the json of an item that has an error by that error's message (n8n 2).
		const json = { error: expect.stringMatching(message) };
		const error = {
			message: expect.stringMatching(message),
			description: expect.stringMatching(advice),
			context: { itemIndex: 1 },
		};

		it('stops the workflow, naming the item and what was done before', async () => {
			const { execution, pairs } = await runAction(world(), { parameters, items });
			expect(execution.status).toBe('error');
			expect(failureOf(execution)).toMatch(message);
			expect(failureOf(execution)).toMatch(advice);
			expect(execution.error).toMatchObject({ context: { itemIndex: 1 } });
			expect(pairs).toEqual([]);
			expect(await writes()).toBe(one.writes[0]);
			const [created] = (await world().control.state()).visits.filter(
				({ created_by }) => created_by,
			);
			if (created) expect(failureOf(execution)).toContain(`item 0: GFE ${created.gfe_id}`);
		});

		it('goes on, with the failed item in its place', async () => {
			const settings = { onError: 'continueRegularOutput' };
			const result = await runAction(world(), { parameters, items, settings });
			expect(result.execution.status).toBe('success');
			expect(result.json).toEqual([expect.anything(), json, expect.anything()]);
			expect(result.items.map((item) => item.error)).toMatchObject([undefined, error, undefined]);
			expect(result.pairs).toEqual(['a', 'b', 'c']);
			expect(await writes()).toBe(one.writes[1]);
		});

		it('sends the failed item out of the error output', async () => {
			const settings = { onError: 'continueErrorOutput' };
			const result = await runAction(world(), { parameters, items, settings });
			expect(result.execution.status).toBe('success');
			expect(result.json).toHaveLength(2);
			expect(result.failed).toMatchObject([{ json, error }]);
			expect(result.items.map((item) => item.error)).toEqual([undefined, undefined]);
			expect(result.pairs).toEqual(['a', 'c', 'b']);
			expect(await writes()).toBe(one.writes[1]);
		});
	});
};
