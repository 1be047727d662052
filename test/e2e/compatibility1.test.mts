import { Control } from '../../sandbox/demo/control.mts';
import { itemsOf } from '../../sandbox/n8n/client.mts';
import { installN8n } from '../../sandbox/n8n/install.mts';
import { startN8n, type N8n } from '../../sandbox/n8n/start.mts';
import { startSimulator, type Simulator } from '../../sandbox/simulator/index.mts';
import { N8n1Client } from './support/n8n1.mts';
import { AFTER, actionWorkflow, triggerWorkflow } from './support/workflows.mts';
import { BOOT_MS, EMR_CREDENTIAL, EMR_KEY, TEST_MS, emrData } from './support/world.mts';
import { FAR_DAY } from './support/farDay.mts';

jest.setTimeout(TEST_MS);

/** The download alone takes minutes, and is done once. */
const INSTALL_MS = 1_500_000;

let simulator: Simulator;
let control: Control;
let n8n: N8n;
let client: N8n1Client;
let emrId: string;

beforeAll(async () => {
	await installN8n(console.log, 'n8n-1');
	simulator = await startSimulator();
	control = new Control(simulator.controlUrl);
	// It does not start when told to leave out modules that it does not have.
	n8n = await startN8n({ pinned: 'n8n-1', env: { N8N_DISABLED_MODULES: 'insights' } });
	client = new N8n1Client(n8n.url);
	await client.signIn();
	emrId = await client.createCredential(EMR_CREDENTIAL, 'spakinectApi', emrData(simulator));
}, INSTALL_MS + BOOT_MS);
afterAll(async () => {
	await n8n?.stop();
	await simulator?.close();
});

/** Runs one operation by hand. @returns what came out of it */
const run = async (parameters: Record<string, unknown>) => {
	const { id } = await client.createWorkflow(actionWorkflow(emrId, parameters));
	await client.run(id, { triggerToStartFrom: { name: 'Start' } });
	const [execution] = await client.waitForExecution(id, { status: 'success' });
	return itemsOf(execution!, 'Spakinect').map(({ json }) => json);
};

describe('the packed package in n8n 1.123', () => {
	it('is there with its three nodes and the tool', async () => {
		const types = (await client.nodeTypes()).filter(({ name }) => /spakinect/i.test(name));
		expect(types.map(({ name }) => name).sort()).toEqual([
			'n8n-nodes-spakinect.spakinect',
			'n8n-nodes-spakinect.spakinectPollingTrigger',
			'n8n-nodes-spakinect.spakinectTool',
			'n8n-nodes-spakinect.spakinectTrigger',
		]);
		expect(n8n.output()).not.toContain('n8n-nodes-spakinect');
	});

	it('tests a credential', async () => {
		const test = (apiKey: string) =>
			client.testCredential(emrId, 'EMR', 'spakinectApi', emrData(simulator, apiKey));
		expect(await test(EMR_KEY)).toMatchObject({ status: 'OK' });
		expect(await test('no-such-key')).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/key|credentials/i),
		});
	});

	it('reads', async () => {
		const treatments = await run({ resource: 'treatment', operation: 'getAll', limit: 2 });
		expect(treatments).toEqual([
			{ id: 'trt_botox', name: 'Botox' },
			{ id: expect.any(String), name: expect.any(String) },
		]);
	});

	it('creates', async () => {
		const [created, ...more] = await run({
			...{ resource: 'atHomeVisit', operation: 'create', locationId: 'loc_downtown' },
			...{ firstName: 'Ada', lastName: 'Example', email: 'ada@patients.example' },
			phone: '(202) 555-0123',
			appointmentTime: `${FAR_DAY}T14:30:00-05:00`,
			treatments: 'botox, Dermal Filler',
		});
		expect(more).toEqual([]);
		const { visits } = await control.state();
		expect(visits).toEqual([
			expect.objectContaining({
				gfe_id: created!.gfe_id,
				requested_treatments: ['Botox', 'Dermal Filler'],
				appointment_time: Date.parse(`${FAR_DAY}T14:30:00-05:00`) / 1000,
			}),
		]);
	});

	it('turns a completed exam into one execution, from activation to deactivation', async () => {
		const { id } = await client.createWorkflow(triggerWorkflow(emrId));
		await client.publish(id);
		const state = await control.state();
		expect(state.subscriptions[EMR_KEY]).toEqual(['loc_downtown']);
		expect(state.webhooks[EMR_KEY]).toMatch(new RegExp(`^${n8n.url}/webhook/.+`));

		const [gfe] = await control.addVisits([
			{ location_id: 'loc_downtown', requested_treatments: ['Botox', 'Dermal Filler'] },
		]);
		await control.complete(gfe!, { decisions: { Botox: 'approved', 'Dermal Filler': 'deferred' } });
		const [execution] = await client.waitForExecution(id);
		expect(execution).toMatchObject({ status: 'success', mode: 'webhook' });
		expect(itemsOf(execution!, AFTER).map(({ json }) => json)).toEqual([
			expect.objectContaining({
				gfe_id: gfe,
				approved_treatments: ['Botox'],
				deferred_treatments: ['Dermal Filler'],
				all_approved: false,
			}),
		]);
		const [delivery] = await control.deliveries();
		const forged = { key: EMR_KEY, body: delivery!.body, signature: 'wrong' };
		const { attempts } = await control.deliver(forged);
		expect(attempts.map(({ status }) => status)).toEqual([401]);
		expect(await client.executions(id)).toHaveLength(1);
		await client.unpublish(id);
		expect((await client.workflow(id)).active).toBe(false);
	});
});

it('an activation that Spakinect refuses fails with its reason', async () => {
	const match = { api: 'emr', method: 'POST', path: '/subscriptions' } as const;
	await control.setFaults([{ match, kind: 'status', status: 403 }]);
	const { id } = await client.createWorkflow(triggerWorkflow(emrId));
	await expect(client.publish(id)).rejects.toThrow(/location|key|subscri/i);
	await control.setFaults([]);
	expect((await client.workflow(id)).active).toBe(false);
});
