import axios from 'axios';
import { loadDescription } from '../../sandbox/simulator/description.mts';
import { startSimulator } from '../../sandbox/simulator/index.mts';
import { handlers } from '../../sandbox/simulator/operations.mts';
import { atHome, startBench, type Bench } from './support.mts';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(() => bench.close());
beforeEach(() => bench.control('POST', '/reset'));

describe('the description', () => {
	test('has exactly one handler per operation', () => {
		const ids = loadDescription().map(({ id }) => id);
		expect(ids.sort()).toEqual(Object.keys(handlers).sort());
	});

	test.each<[string, unknown]>([
		['an extra field', { data: [], total: 0 }],
		['a wrong type', { data: [{ id: 1, name: 'Botox' }] }],
		['a missing field', {}],
	])('an answer with %s fails', async (_name, body) => {
		const original = handlers['emr.listTreatments']!;
		handlers['emr.listTreatments'] = () => ({ status: 200, body });
		const { status, data } = await bench.emr('GET', '/treatments');
		handlers['emr.listTreatments'] = original;
		expect([status, data.message]).toEqual([500, expect.stringContaining('departs from')]);
	});

	test('an undescribed status fails', async () => {
		const original = handlers['emr.listTreatments']!;
		handlers['emr.listTreatments'] = () => ({ status: 418, body: {} });
		const { data } = await bench.emr('GET', '/treatments');
		handlers['emr.listTreatments'] = original;
		expect(data.message).toBe('emr.listTreatments 418 is not in the description');
	});
});

test('reset returns everything to the seed', async () => {
	const { gfe_id } = (await bench.emr('POST', '/appointments', atHome)).data;
	await bench.emr('POST', '/subscriptions', { location_id: 'loc_downtown' });
	await bench.control('PUT', '/webhooks', { key: 'emr-test-key', url: 'http://127.0.0.1:1/' });
	await bench.control('POST', `/visits/${gfe_id}/complete`);
	await bench.control('PUT', '/settings', { dobForm: 'dashes' });
	await bench.control('PUT', '/faults', { faults: [{ kind: 'html', match: { api: 'client' } }] });
	await axios.get(`${bench.filesUrl}/x`, {
		headers: { 'x-api-key': 'k' },
		validateStatus: () => true,
	});
	await bench.control('POST', '/reset');
	const get = async (path: string) => (await bench.control('GET', path)).data;
	expect(await get('/state')).toMatchObject({
		visits: [],
		webhooks: {},
		subscriptions: {},
		settings: { dobForm: 'slashes' },
	});
	for (const path of ['/deliveries', '/requests', '/contacts', '/leaks']) {
		expect(await get(path)).toEqual([]);
	}
	expect(await get('/faults')).toEqual({ faults: [] });
	expect((await bench.emr('GET', `/visits/${gfe_id}`)).status).toBe(404);
	expect((await bench.emr('GET', '/gfes/loc_downtown')).data.count).toBe(0);
});

test('reset can keep what Spakinect never forgets: webhook URLs and subscriptions', async () => {
	await bench.emr('POST', '/subscriptions', { location_id: 'loc_downtown' });
	await bench.emr('POST', '/webhooks', { url: 'http://127.0.0.1:9/hook' });
	await bench.emr('POST', '/appointments', atHome);
	const { status } = await bench.control('POST', '/reset', { keepRegistrations: true });
	expect(status).toBe(200);
	expect((await bench.control('GET', '/state')).data).toMatchObject({
		visits: [],
		webhooks: { 'emr-test-key': 'http://127.0.0.1:9/hook' },
		subscriptions: { 'emr-test-key': ['loc_downtown'] },
	});
	expect((await bench.control('POST', '/reset', { keepAll: true })).status).toBe(400);
});

test('without other systems, the summary says so and their calls are 404', async () => {
	expect((await bench.control('GET', '/summary')).data.systems).toBeNull();
	expect((await bench.control('GET', '/systems')).status).toBe(404);
	expect((await bench.control('GET', '/systems/files/any')).status).toBe(404);
});

test('visits are seeded with defaults, and changed to anything', async () => {
	const visits = [{}, { status: 'Completed', decisions: { Botox: 'deferred' }, pdf: 'never' }];
	const { status, data } = await bench.control('POST', '/visits', { visits });
	expect([status, data.ids.length]).toEqual([201, 2]);
	const second = (await bench.emr('GET', `/visits/${data.ids[1]}`)).data.data;
	expect(second).toMatchObject({ status: 'Completed', deferred_treatments: ['Botox'] });
	expect(second).not.toHaveProperty('pdf_link');

	const change = {
		status: 'Waiting',
		evaluation_completed: 1_714_658_400,
		patient_details: { dob: null },
		deferred_treatments: null,
		decisions: { Sculptra: 'approved' },
	};
	await bench.control('PATCH', `/visits/${data.ids[1]}`, change);
	const changed = (await bench.emr('GET', '/gfes/loc_downtown')).data.gfes[1];
	expect(changed).toMatchObject({ status: 'Waiting', patient_details: { dob: null } });
	expect(changed).not.toHaveProperty('approved_treatments');
	expect(changed).not.toHaveProperty('evaluation_completed');
	await bench.control('PATCH', `/visits/${data.ids[1]}`, { status: 'completed' });
	const again = (await bench.emr('GET', `/visits/${data.ids[1]}`)).data.data;
	expect(again).toMatchObject({
		evaluation_completed: 1_714_658_400,
		approved_treatments: ['Sculptra'],
		deferred_treatments: [],
	});
});

test('evaluation_completed in seconds and dob null, if set so', async () => {
	const visits = [{ status: 'Completed', evaluation_completed: '2024-05-02T07:00:00-07:00' }];
	const { ids } = (await bench.control('POST', '/visits', { visits })).data;
	await bench.control('PUT', '/settings', { evaluationCompleted: 'seconds', atHomeDob: 'null' });
	const { data } = (await bench.emr('GET', `/visits/${ids[0]}`)).data;
	expect(data.evaluation_completed).toBe(1_714_658_400);
	expect(data.patient_details.dob).toBeNull();
});

test('the same seed generates the same visits; a large list is served', async () => {
	const people = async () => {
		await bench.control('POST', '/reset');
		await bench.control('POST', '/visits', { generate: 30, seed: 7 });
		const { visits } = (await bench.control('GET', '/state')).data;
		return visits.map((visit: Record<string, unknown>) => [visit.status, visit.patient_details]);
	};
	expect(await people()).toEqual(await people());
	await bench.control('POST', '/visits', { generate: 5000, location_id: 'loc_uptown' });
	expect((await bench.emr('GET', '/gfes/loc_uptown')).data.count).toBe(5000);
});

test('the journal tells who asked what, and can be read from a point on', async () => {
	await bench.emr('POST', '/appointments', atHome);
	await bench.client('GET', '/gfes?status=completed');
	await bench.emr('GET', '/treatments', undefined, 'wrong');
	const { data } = await bench.control('GET', '/requests');
	expect(data).toMatchObject([
		{
			api: 'emr',
			method: 'POST',
			path: '/emr/appointments',
			body: atHome,
			keyName: 'emr-test-key',
			status: 201,
			ms: expect.any(Number),
		},
		{ api: 'client', path: '/client/gfes', query: { status: 'completed' }, status: 200 },
		{ api: 'emr', keyName: null, status: 401 },
	]);
	const later = await bench.control('GET', `/requests?since=${data[1].n}`);
	expect(later.data).toEqual([data[2]]);
	await bench.control('DELETE', '/requests');
	expect((await bench.control('GET', '/requests')).data).toEqual([]);
});

test.each<[string, string, unknown, number]>([
	['POST', '/visits', { visits: [{ state: 'x' }] }, 400],
	['POST', '/visits', { visits: [{ location_id: 'loc_none' }] }, 400],
	['POST', '/visits', { generate: 0 }, 400],
	['PATCH', '/visits/none', {}, 404],
	['POST', '/visits/none/complete', {}, 404],
	['POST', '/visits/none/cancel', undefined, 404],
	['PUT', '/settings', { dobForm: 'words' }, 400],
	['PUT', '/settings', { colour: 'red' }, 400],
	['PUT', '/webhooks', { key: 'none', url: 'http://a.example' }, 404],
	['PUT', '/webhooks', { key: 'client-test-key', url: 'nowhere' }, 400],
	['POST', '/deliveries', { key: 'emr-test-key' }, 400],
	['GET', '/requests?since=x', undefined, 400],
	['GET', '/nope', undefined, 404],
])('misuse is told: %s %s', async (method, path, body, expected) => {
	const { status, data } = await bench.control(method, path, body);
	expect([status, typeof data.error]).toEqual([expected, 'string']);
});

test('a page of another origin cannot use the control API', async () => {
	const { status } = await axios.post(`${bench.controlUrl}/reset`, undefined, {
		headers: { origin: 'http://evil.example' },
		validateStatus: () => true,
	});
	expect(status).toBe(403);
});

test('own keys replace the seed keys and bring their locations', async () => {
	const keys = [{ key: 'k1', kind: 'emr' as const, locations: ['loc_new'], name: 'one' }];
	const own = await startBench({ keys });
	const list = await own.emr('GET', '/gfes/loc_new', undefined, 'k1');
	expect([list.status, list.data.count]).toEqual([200, 0]);
	expect((await own.emr('GET', '/treatments')).status).toBe(401);
	expect((await own.control('GET', '/requests')).data[0].keyName).toBe('one');
	await own.close();
});

test('a port in use is an error of listen, and nothing is left running', async () => {
	const port = Number(new URL(bench.apiUrl).port);
	await expect(startSimulator({ filesPort: port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('the dashboard and the description are served', async () => {
	for (const path of [
		'/',
		'/theme.css',
		'/dashboard.css',
		'/dashboard.js',
		'/dom.js',
		'/exam.js',
		'/faults.js',
		'/rows.js',
		'/openapi.yaml',
		'/intake/x',
	]) {
		expect((await axios.get(bench.apiUrl + path)).status).toBe(200);
	}
});
