import { atHome, inPerson, startBench, type Bench } from './support.mts';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(() => bench.close());
beforeEach(() => bench.control('POST', '/reset'));

test('an EMR key is no Client key', async () => {
	const { status, data } = await bench.client('GET', '/treatments', undefined, 'emr-test-key');
	expect([status, data.error]).toEqual([401, 'Forbidden: Invalid API key.']);
});

test('creates at home, but refuses intake answers', async () => {
	const created = await bench.client('POST', '/appointments', atHome);
	expect([created.status, created.data.success]).toEqual([201, true]);
	const refused = await bench.client('POST', '/appointments', { ...atHome, intake_answers: [] });
	expect([refused.status, refused.data.error]).toEqual([400, 'Bad Request']);
	const elsewhere = await bench.client('POST', '/appointments', {
		...atHome,
		location_id: 'loc_other_emr',
	});
	expect(elsewhere.status).toBe(403);
});

test.each([
	['PATCH', '/appointments/x/cancel'],
	['POST', '/in-person'],
	['POST', '/subscriptions'],
	['POST', '/webhooks'],
	['GET', '/gfes/loc_downtown'],
])('%s %s does not exist here', async (method, path) => {
	const { status, data } = await bench.client(
		method,
		path,
		method === 'GET' ? undefined : inPerson,
	);
	expect([status, data.message]).toEqual([404, 'Endpoint not found']);
});

test('a visit has no evaluation_completed, and its date of birth has slashes', async () => {
	const { gfe_id } = (await bench.emr('POST', '/in-person', inPerson)).data;
	await bench.control('POST', `/visits/${gfe_id}/complete`);
	const { data } = await bench.client('GET', `/visits/${gfe_id}`);
	expect(data.data.patient_details.dob).toBe('10/27/1990');
	expect(data.data.approved_treatments).toEqual(['Botox']);
	expect(data.data).not.toHaveProperty('evaluation_completed');
});

test('the list holds only Completed visits, of all its locations', async () => {
	const seeds = [
		{ status: 'Completed', location_id: 'loc_downtown' },
		{ status: 'completed', location_id: 'loc_uptown' },
		{ status: 'Completed', location_id: 'loc_other_emr' },
		{ status: 'Processing', location_id: 'loc_downtown' },
	];
	const { ids } = (await bench.control('POST', '/visits', { visits: seeds })).data;
	const { data } = await bench.client('GET', '/gfes?status=completed');
	expect(data).toMatchObject({ success: true, count: 2 });
	expect(data.gfes.map(({ gfe_id }: { gfe_id: string }) => gfe_id)).toEqual(ids.slice(0, 2));
	expect((await bench.client('GET', '/gfes')).status).toBe(400);
	expect((await bench.client('GET', '/gfes?status=open')).status).toBe(400);
});

test('only one form of the list answers', async () => {
	const forms = async () => [
		(await bench.client('GET', '/gfes?status=completed')).status,
		(await bench.client('GET', '/gfes/completed')).status,
	];
	expect(await forms()).toEqual([200, 404]);
	await bench.control('PUT', '/settings', { clientListForm: 'path' });
	expect(await forms()).toEqual([404, 200]);
});

test('the catalog', async () => {
	const { data } = await bench.client('GET', '/treatments');
	expect(data.data).toContainEqual({ id: 'trt_botox', name: 'Botox' });
	expect((await bench.client('GET', '/visits/none')).status).toBe(404);
});
