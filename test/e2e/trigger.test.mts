import { setTimeout as sleep } from 'node:timers/promises';
import { itemsOf } from '../../sandbox/n8n/client.mts';
import { AFTER, triggerWorkflow } from './support/workflows.mts';
import { BOOT_MS, EMR_KEY, TEST_MS, startWorld, type World } from './support/world.mts';

jest.setTimeout(TEST_MS);

const VISIT = {
	location_id: 'loc_downtown',
	status: 'Scheduled',
	requested_treatments: ['Botox', 'Dermal Filler'],
	patient_details: { first_name: 'Ada', last_name: 'Example', email: 'ada@patients.example' },
};

let world: World;
let workflowId: string;

beforeAll(async () => {
	world = await startWorld();
	const { id } = await world.n8n.client.createWorkflow(triggerWorkflow(world.emrId));
	workflowId = id;
	await world.n8n.client.publish(id);
}, BOOT_MS);
afterAll(() => world?.stop());

const newVisit = async (): Promise<string> => {
	const [id] = await world.control.addVisits([VISIT]);
	return id!;
};

const countExecutions = async () => (await world.n8n.client.executions(workflowId)).length;

describe('a published Spakinect Trigger', () => {
	it('has subscribed the location first and registered its URL last', async () => {
		const calls = (await world.control.journal()).map(({ method, path }) => `${method} ${path}`);
		const relevant = calls.filter((call) => /subscriptions|webhooks/.test(call));
		expect(relevant).toEqual([
			expect.stringMatching(/^POST .*\/subscriptions$/),
			expect.stringMatching(/^POST .*\/webhooks$/),
		]);
		const state = await world.control.state();
		expect(state.subscriptions[EMR_KEY]).toEqual(['loc_downtown']);
		expect(state.webhooks[EMR_KEY]).toMatch(new RegExp(`^${world.n8n.url}/webhook/[^/]+/.+`));
	});

	it('turns a completed exam into one execution with the visit', async () => {
		const id = await newVisit();
		const decisions = { Botox: 'approved', 'Dermal Filler': 'deferred' };
		await world.control.complete(id, { decisions });
		const [execution] = await world.n8n.client.waitForExecution(workflowId);
		expect(execution).toMatchObject({ status: 'success', mode: 'webhook' });
		expect(itemsOf(execution!, AFTER).map((item) => item.json)).toEqual([
			expect.objectContaining({
				gfe_id: id,
				location_id: 'loc_downtown',
				status: 'Completed',
				status_group: 'completed',
				approved_treatments: ['Botox'],
				conditionally_approved_treatments: [],
				deferred_treatments: ['Dermal Filler'],
				undecided_treatments: [],
				all_approved: false,
				event: 'visit.completed',
				event_id: expect.any(String),
				patient_details: expect.objectContaining({ email: 'ada@patients.example' }),
			}),
		]);
		const delivery = (await world.control.deliveries()).find((one) => one.gfe_id === id);
		expect(delivery?.attempts).toEqual([expect.objectContaining({ status: 200 })]);
	});

	it.each(['wrong', 'missing'])(
		'answers a %s signature with 401 and starts nothing',
		async (signature) => {
			const before = await countExecutions();
			const body = {
				event: 'visit.completed',
				timestamp: Date.now(),
				success: true,
				data: { location_id: 'loc_downtown', gfe_id: await newVisit(), status: 'Completed' },
			};
			const answer = await world.control.deliver({ key: EMR_KEY, body, signature });
			expect(answer.attempts).toEqual([expect.objectContaining({ status: 401 })]);
			await sleep(1000);
			expect(await countExecutions()).toBe(before);
		},
	);

	it('starts nothing any more once it is unpublished', async () => {
		const before = await countExecutions();
		await world.n8n.client.unpublish(workflowId);
		const id = await newVisit();
		await world.control.complete(id);
		await sleep(1000);
		expect(await countExecutions()).toBe(before);
		const delivery = (await world.control.deliveries()).find((one) => one.gfe_id === id);
		expect(delivery).toMatchObject({ acknowledged: false });
	});
});

describe('a trigger that cannot register', () => {
	it('says which location failed, and takes nobody’s events away', async () => {
		await world.control.forgetRequests();
		const { client } = world.n8n;
		const definition = triggerWorkflow(world.emrId, {
			locationIds: ['loc_downtown', 'loc_other_emr'],
		});
		const { id } = await client.createWorkflow(definition);
		await expect(client.publish(id)).rejects.toThrow(/loc_other_emr/);
		expect(await world.control.calls()).not.toContainEqual(expect.stringMatching(/\/webhooks/));
		await client.deleteWorkflow(id);
	});
});
