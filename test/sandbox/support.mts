import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import axios, { type AxiosResponse } from 'axios';
import {
	startSimulator,
	type Simulator,
	type SimulatorOptions,
} from '../../sandbox/simulator/index.mts';

// The shape of an answer differs per call. Each test says what it expects of `data`.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Answer = AxiosResponse<any>;

/** A started simulator with one short function per API. Answers of any status are returned, not thrown. */
export interface Bench extends Simulator {
	emr(method: string, path: string, body?: unknown, key?: string | null): Promise<Answer>;
	client(method: string, path: string, body?: unknown, key?: string | null): Promise<Answer>;
	control(method: string, path: string, body?: unknown): Promise<Answer>;
}

async function call(
	method: string,
	url: string,
	body: unknown,
	key: string | null,
): Promise<Answer> {
	return await axios.request({
		method,
		url,
		data: body,
		headers: key === null ? {} : { 'x-api-key': key },
		validateStatus: () => true,
		maxRedirects: 0,
		proxy: false,
	});
}

export async function startBench(options: SimulatorOptions = {}): Promise<Bench> {
	const simulator = await startSimulator(options);
	return {
		...simulator,
		emr: (method, path, body, key = 'emr-test-key') =>
			call(method, simulator.emrUrl + path, body, key),
		client: (method, path, body, key = 'client-test-key') =>
			call(method, simulator.clientUrl + path, body, key),
		control: (method, path, body) => call(method, simulator.controlUrl + path, body, null),
	};
}

export const atHome = {
	patient_details: {
		first_name: 'Ada',
		last_name: 'Abbott',
		email: 'ada@example.com',
		phone: '+15551234567',
	},
	location_id: 'loc_downtown',
	appointment_time: 1_800_000_000,
	requested_treatments: ['Botox', 'Dermal Filler'],
};

export const inPerson = {
	patient_details: { first_name: 'Ben', last_name: 'Baker', dob: '10/27/1990' },
	location_id: 'loc_downtown',
	requested_treatments: ['Botox'],
};

interface Received {
	headers: IncomingHttpHeaders;
	body: Buffer;
}

/** A webhook receiver on a free port. `answer` returns the status of the nth request (from 0). */
export async function startReceiver(answer: (nth: number) => number | null = () => 200) {
	const received: Received[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			received.push({ headers: request.headers, body: Buffer.concat(chunks) });
			const status = answer(received.length - 1);
			// A redirect points back here, so a sender that followed it would get another answer.
			const location = status === 302 ? { location: request.url ?? '/' } : {};
			if (status !== null) response.writeHead(status, location).end(`answer ${received.length}`);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/hook`,
		received,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** Waits until a condition is true. It fails after a minute. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
	const end = Date.now() + 60_000;
	while (!(await condition())) {
		if (Date.now() > end) throw new Error('the awaited condition did not come');
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

export async function pause(ms: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, ms));
}
