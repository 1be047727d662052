import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startBench, startReceiver, type Bench } from './support.mts';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(() => bench.close());
beforeEach(() => bench.control('POST', '/reset'));

const booking = {
	first_name: 'Ada',
	last_name: 'Example',
	email: 'ada@patients.example',
	phone: '+14155550100',
	location_id: 'loc_downtown',
	appointment_time: 1_900_000_000,
	treatments: ['Botox'],
};
const book = (changes: object = {}) =>
	bench.control('POST', '/bookings', { ...booking, ...changes });
const connect = (url: string | null) => bench.control('PUT', '/bookings', { url });

describe('without n8n', () => {
	it('books through the EMR API with the key of the location, so faults and the journal see it', async () => {
		const { status, data } = await book({ location_id: 'loc_other_emr' });
		expect(status).toBe(201);
		expect(data).toEqual({ gfe_id: expect.any(String), through: 'api', created: true });
		const { visits } = (await bench.control('GET', '/state')).data;
		expect(visits).toEqual([
			expect.objectContaining({ gfe_id: data.gfe_id, created_by: 'emr-second-key' }),
		]);
		const messages = (await bench.control('GET', '/contacts')).data;
		expect(messages).toHaveLength(2);
		expect(messages[0]).toMatchObject({ link: `${bench.apiUrl}/intake/${data.gfe_id}` });
	});

	it.each<[string, object, number]>([
		['an unknown location', { location_id: 'nowhere' }, 400],
		['a phone number that the API refuses', { phone: '(555) 0100' }, 502],
		['no treatment', { treatments: [] }, 400],
	])('%s books nothing', async (_what, changes, expected) => {
		const { status, data } = await book(changes);
		expect(status).toBe(expected);
		expect(data.error).toEqual(expect.any(String));
		expect((await bench.control('GET', '/state')).data.visits).toEqual([]);
	});

	it('says so when a fault ends the connection', async () => {
		await bench.control('PUT', '/faults', { faults: [{ kind: 'drop_before' }] });
		const { status, data } = await book();
		expect([status, data.error]).toEqual([502, expect.stringMatching(/faults/)]);
	});
});

describe('with n8n', () => {
	afterEach(() => connect(null));

	it.each<[object, object]>([
		[
			{ gfe_id: 'gfe-1', result: 'requested', summary: 'Requested.' },
			{ gfe_id: 'gfe-1', created: true, summary: 'Requested.' },
		],
		[
			{ gfe_id: 'gfe-1', result: 'open_visit' },
			{ gfe_id: 'gfe-1', created: false },
		],
		[
			{ gfe_id: 'gfe-1', created: false },
			{ gfe_id: 'gfe-1', created: false },
		],
		[
			{ gfe_id: null, result: 'already_cleared' },
			{ gfe_id: null, created: false },
		],
		[
			{ gfe_id: '', result: 'no_exam_needed' },
			{ gfe_id: null, created: false },
		],
	])('gives the answer of the workflow: %j', async (answer, expected) => {
		const server = createServer((_request, response) => {
			response.end(JSON.stringify(answer));
		});
		await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
		await connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook/booking`);
		const { data } = await book();
		server.close();
		expect(data).toEqual({ through: 'workflow', ...expected });
	});

	it('says what to do when the workflow is not published', async () => {
		const hook = await startReceiver(() => 404);
		await connect(hook.url);
		const { status, data } = await book();
		await hook.close();
		expect([status, data.error]).toEqual([502, expect.stringMatching(/Publish/)]);
	});

	it('says what to do when n8n is gone', async () => {
		await connect('http://127.0.0.1:9/webhook/booking');
		const { status, data } = await book();
		expect([status, data.error]).toEqual([502, expect.stringMatching(/n8n/)]);
	});

	it('refuses what is not a URL', async () => {
		expect((await connect('booking')).status).toBe(400);
	});
});
