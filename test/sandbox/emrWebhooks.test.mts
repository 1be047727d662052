import { startBench, type Bench } from './support.mts';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(() => bench.close());
beforeEach(() => bench.control('POST', '/reset'));

describe('webhook registration', () => {
	test('subscribing twice is harmless', async () => {
		const body = { location_id: 'loc_downtown' };
		const first = await bench.emr('POST', '/subscriptions', body);
		const second = await bench.emr('POST', '/subscriptions', body);
		expect(first.data).toEqual({ success: true, message: 'Successfully subscribed to location' });
		expect(second.data).toEqual({ success: true, message: 'Already subscribed to this location' });
		const { data } = await bench.control('GET', '/state');
		expect(data.subscriptions).toEqual({ 'emr-test-key': ['loc_downtown'] });
	});

	test('one URL per key: the newest', async () => {
		await bench.emr('POST', '/webhooks', { url: 'https://one.example/hook' });
		const { status, data } = await bench.emr('POST', '/webhooks', {
			url: 'https://two.example/hook',
		});
		expect([status, data]).toEqual([
			200,
			{ success: true, message: 'Webhook URL updated successfully' },
		]);
		const state = await bench.control('GET', '/state');
		expect(state.data.webhooks).toEqual({ 'emr-test-key': 'https://two.example/hook' });
	});

	test.each<[string, string, object, number]>([
		['an unknown field', '/subscriptions', { location_id: 'loc_downtown', x: 1 }, 400],
		['a location of another EMR', '/subscriptions', { location_id: 'loc_other_emr' }, 403],
		['an unknown location', '/subscriptions', { location_id: 'loc_none' }, 404],
		['an unknown field', '/webhooks', { url: 'https://a.example', secret: 'x' }, 400],
		['no URL', '/webhooks', { url: 'somewhere' }, 400],
		['a URL that is not http', '/webhooks', { url: 'ftp://a.example' }, 400],
	])('%s at %s is refused', async (_name, path, body, status) => {
		expect((await bench.emr('POST', path, body)).status).toBe(status);
	});
});
