import { atHome, inPerson, startBench, type Bench } from './support.mts';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(() => bench.close());
beforeEach(() => bench.control('POST', '/reset'));

const create = async (body: object = atHome) =>
	(await bench.emr('POST', '/appointments', body)).data.gfe_id as string;

describe('keys', () => {
	test.each([
		[null, 'Unauthorized: API key is missing.'],
		['wrong', 'Forbidden: Invalid API key.'],
		['client-test-key', 'Forbidden: Invalid API key.'],
	])('%s is refused', async (key, error) => {
		const { status, data } = await bench.emr('GET', '/treatments', undefined, key);
		expect([status, data]).toEqual([401, { success: false, error }]);
	});

	test('an unknown endpoint is a 404, also with another method', async () => {
		const expected = { success: false, error: 'Not Found', message: 'Endpoint not found' };
		for (const [method, path] of [
			['GET', '/nope'],
			['DELETE', '/treatments'],
			['GET', '/webhooks'],
		] as const) {
			const { status, data } = await bench.emr(method, path);
			expect([status, data]).toEqual([404, expected]);
		}
	});
});

describe('cancelling', () => {
	test('answers without a success key', async () => {
		const gfe_id = await create();
		const { status, data } = await bench.emr('PATCH', `/appointments/${gfe_id}/cancel`);
		expect([status, data]).toEqual([200, { gfe_id, status: 'Cancelled by client' }]);
	});

	test.each([
		['Processing', 200],
		['Scheduled', 200],
		['Not Completed', 200],
		['Pending Review', 400],
		['Completed', 400],
		['Cancelled by client', 400],
	])('a visit that is %s → %d', async (status, expected) => {
		const { data } = await bench.control('POST', '/visits', { visits: [{ status }] });
		const answer = await bench.emr('PATCH', `/appointments/${data.ids[0]}/cancel`);
		expect(answer.status).toBe(expected);
	});

	test('an in-person visit, a visit elsewhere and an unknown one', async () => {
		const { data } = await bench.emr('POST', '/in-person', inPerson);
		expect((await bench.emr('PATCH', `/appointments/${data.gfe_id}/cancel`)).status).toBe(400);
		const id = await create();
		const other = await bench.emr(
			'PATCH',
			`/appointments/${id}/cancel`,
			undefined,
			'emr-second-key',
		);
		expect([other.status, other.data.error]).toEqual([403, 'EMR is not authorized for this GFE']);
		expect((await bench.emr('PATCH', '/appointments/none/cancel')).status).toBe(404);
	});
});

describe('reading', () => {
	test('an open at-home visit shows no decisions, no date of birth, no phone', async () => {
		const gfe_id = await create();
		const { status, data } = await bench.emr('GET', `/visits/${gfe_id}`);
		expect(status).toBe(200);
		expect(data).toEqual({
			success: true,
			data: {
				gfe_id,
				status: 'Processing',
				requested_treatments: ['Botox', 'Dermal Filler'],
				patient_details: {
					name: 'Ada Abbott',
					first_name: 'Ada',
					last_name: 'Abbott',
					email: 'ada@example.com',
				},
			},
		});
	});

	test('a completed in-person visit shows them, with the date in dashes', async () => {
		const gfe_id = (await bench.emr('POST', '/in-person', inPerson)).data.gfe_id;
		await bench.control('POST', `/visits/${gfe_id}/complete`, {
			decisions: { Botox: 'deferred', Sculptra: 'conditionally_approved' },
		});
		const { data } = await bench.emr('GET', `/visits/${gfe_id}`);
		expect(data.data).toMatchObject({
			status: 'Completed',
			patient_details: { dob: '10-27-1990' },
			approved_treatments: [],
			conditionally_approved_treatments: ['Sculptra'],
			deferred_treatments: ['Botox'],
			pdf_link: expect.stringContaining(`${bench.filesUrl}/gfe/${gfe_id}.pdf?expires=`),
			evaluation_completed: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d-0[78]:00$/),
		});
	});

	test('a list holds one location, every status', async () => {
		const id = await create();
		await create({ ...atHome, location_id: 'loc_uptown' });
		await bench.control('POST', `/visits/${id}/cancel`);
		const { data } = await bench.emr('GET', '/gfes/loc_downtown');
		expect([data.success, data.location_id, data.count]).toEqual([true, 'loc_downtown', 1]);
		expect(data.gfes[0]).toMatchObject({ gfe_id: id, status: 'Cancelled' });
		expect(data.gfes[0]).not.toHaveProperty('location_id');
		const empty = await bench.emr('GET', '/gfes/loc_other_emr', undefined, 'emr-second-key');
		expect(empty.data).toEqual({ success: true, location_id: 'loc_other_emr', count: 0, gfes: [] });
		expect((await bench.emr('GET', '/gfes/loc_other_emr')).status).toBe(403);
		expect((await bench.emr('GET', '/gfes/loc_none')).status).toBe(404);
	});

	test('the catalog, and favorites', async () => {
		const all = await bench.emr('GET', '/treatments');
		expect(all.data.data).toContainEqual({ id: 'trt_iv_therapy', name: 'IV Therapy' });
		expect(all.data).not.toHaveProperty('source');
		const favorites = await bench.emr('GET', '/treatments?type=favorites&location_id=loc_downtown');
		expect(favorites.data.source).toBe('favorites');
		expect(favorites.data.data.map(({ name }: { name: string }) => name)).toEqual([
			'Botox',
			'Dermal Filler',
			'Laser Hair Removal',
		]);
		const none = await bench.emr('GET', '/treatments?type=favorites');
		expect([none.status, none.data.message]).toEqual([
			400,
			'location_id is required when requesting favorites',
		]);
		for (const [location, status] of [
			['loc_none', 404],
			['loc_other_emr', 403],
		]) {
			const answer = await bench.emr('GET', `/treatments?type=favorites&location_id=${location}`);
			expect(answer.status).toBe(status);
		}
	});

	test('no favorites: 200, or 404 if set so, both with an empty list', async () => {
		const path = '/treatments?type=favorites&location_id=loc_uptown';
		const now = await bench.emr('GET', path);
		expect([now.status, now.data.data]).toEqual([200, []]);
		await bench.control('PUT', '/settings', { treatmentsEmpty: '404' });
		const before = await bench.emr('GET', path);
		expect([before.status, before.data.data]).toEqual([404, []]);
	});
});
