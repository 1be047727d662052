import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { at, startBench, type Bench, type Reply } from '../support.mts';

const API = 'https://api.calendly.com';
const KEY = 'a-signing-key';
const BOOKING = {
	email: 'ada@example.com',
	firstName: 'Ada',
	lastName: 'Abbott',
	start: '2026-12-01T15:00:00Z',
	end: '2026-12-01T15:30:00Z',
	eventName: 'Botox',
	answers: { 'Date of birth': '1990-01-02', Treatment: 'Botox' },
};

let bench: Bench;
let token: string;
let listener: Server;
const url = 'https://n8n.spa.example/hook';
let answer = 200;
let received: Array<{ body: string; signature: string | undefined }> = [];

const trade = (form: Record<string, string>): Promise<Reply> => {
	const { clientId, clientSecret } = bench.calendly.credential().data as Record<string, string>;
	const client = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
	const headers = { authorization: `Basic ${client}` };
	return bench.send('POST', 'https://auth.calendly.com/oauth/token', { form, headers });
};

beforeAll(async () => {
	bench = await startBench();
	const code = bench.calendly.credential().code!;
	token = String(at(await trade({ grant_type: 'authorization_code', code }), 'access_token'));
	listener = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const signature = request.headers['calendly-webhook-signature'];
			received.push({ body: Buffer.concat(chunks).toString(), signature: signature as string });
			response.writeHead(answer).end();
		});
	});
	await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
	bench.tunnel.to(`http://127.0.0.1:${(listener.address() as AddressInfo).port}`);
});
beforeEach(() => {
	bench.reset();
	received = [];
	answer = 200;
});
afterAll(async () => {
	listener.close();
	await bench.stop();
});

const send = (method: string, path: string, json?: unknown, as = token): Promise<Reply> =>
	bench.send(method, API + path, { token: as, ...(json !== undefined && { json }) });
const OWNER = { organization: `${API}/organizations/1`, user: `${API}/users/1`, scope: 'user' };
const subscribe = (change: object = {}): Promise<Reply> =>
	send('POST', '/webhook_subscriptions', {
		url,
		events: ['invitee.created', 'invitee.canceled'],
		signing_key: KEY,
		...OWNER,
		...change,
	});

test('the person and the organization are told', async () => {
	const { data } = await send('GET', '/users/me');
	expect(data).toMatchObject({
		resource: { uri: OWNER.user, current_organization: OWNER.organization },
	});
});

test('a subscription is made, listed, read and deleted; its key is never shown', async () => {
	const made = await subscribe();
	expect(made.status).toBe(201);
	expect(made.data).toMatchObject({
		resource: { callback_url: url, state: 'active', scope: 'user' },
	});
	expect(JSON.stringify(made.data)).not.toContain(KEY);
	const query = new URLSearchParams(OWNER).toString();
	expect(at(await send('GET', `/webhook_subscriptions?${query}`), 'collection')).toHaveLength(1);
	const path = new URL(String(at(made, 'resource', 'uri'))).pathname;
	expect((await send('GET', path)).status).toBe(200);
	expect((await send('DELETE', path)).status).toBe(204);
	expect((await send('DELETE', path)).status).toBe(404);
	expect(bench.calendly.subscriptions.size).toBe(0);
});

test('a booking is delivered with a signature over its exact bytes', async () => {
	await subscribe();
	const before = Math.floor(Date.now() / 1000);
	const { invitee, statuses } = await bench.calendly.book(BOOKING);
	expect(statuses).toEqual([200]);
	const { body, signature } = received[0]!;
	const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature ?? '') ?? [];
	expect(v1).toBe(createHmac('sha256', KEY).update(`${t}.${body}`).digest('hex'));
	expect(Number(t)).toBeGreaterThanOrEqual(before);
	expect(Number(t)).toBeLessThanOrEqual(Date.now() / 1000);
	expect(JSON.parse(body)).toMatchObject({
		event: 'invitee.created',
		payload: {
			email: 'ada@example.com',
			first_name: 'Ada',
			questions_and_answers: [
				{ question: 'Date of birth', answer: '1990-01-02', position: 0 },
				{ question: 'Treatment', answer: 'Botox', position: 1 },
			],
			scheduled_event: { start_time: BOOKING.start, name: 'Botox' },
		},
	});
	await bench.calendly.cancel(invitee.uri, 'ill');
	expect(JSON.parse(received[1]!.body)).toMatchObject({
		event: 'invitee.canceled',
		payload: { uri: invitee.uri, status: 'canceled', cancellation: { reason: 'ill' } },
	});
});

test('only what was subscribed to is delivered, and 410 ends the subscription', async () => {
	await subscribe({ events: ['invitee.canceled'] });
	expect((await bench.calendly.book(BOOKING)).statuses).toEqual([]);
	bench.reset();
	await subscribe({ signing_key: undefined });
	answer = 410;
	expect((await bench.calendly.book(BOOKING)).statuses).toEqual([410]);
	expect(received[0]?.signature).toBeUndefined();
	expect(bench.calendly.subscriptions.size).toBe(0);
});

test.each<[string, object, number, string, string]>([
	['no URL', { url: undefined }, 400, 'Invalid Argument', 'url'],
	['a URL that is none', { url: 'desk' }, 400, 'Invalid Argument', 'url'],
	['a URL without TLS', { url: 'http://n8n.spa.example/hook' }, 400, 'Invalid Argument', 'url'],
	['no events', { events: [] }, 400, 'Invalid Argument', 'events'],
	['an unknown event', { events: ['invitee.moved'] }, 400, 'Invalid Argument', 'events'],
	['events as a text', { events: 'invitee.created' }, 400, 'Invalid Argument', 'events'],
	['no organization', { organization: undefined }, 400, 'Invalid Argument', 'organization'],
	['no scope', { scope: undefined }, 400, 'Invalid Argument', 'scope'],
	['an unknown scope', { scope: 'team' }, 400, 'Invalid Argument', 'scope'],
	['no user for the scope user', { user: undefined }, 400, 'Invalid Argument', 'user'],
	[
		'another organization',
		{ organization: `${API}/organizations/2` },
		403,
		'Permission Denied',
		'',
	],
	['another user', { user: `${API}/users/2` }, 403, 'Permission Denied', ''],
])('a subscription with %s is refused', async (_, change, status, title, parameter) => {
	const reply = await subscribe(change);
	expect([reply.status, at(reply, 'title')]).toEqual([status, title]);
	if (parameter) expect(at(reply, 'details', 0, 'parameter')).toBe(parameter);
	expect(bench.calendly.subscriptions.size).toBe(0);
});

test('a URL is subscribed once, a list needs its owner, a page has a size', async () => {
	await subscribe();
	const again = await subscribe();
	expect([again.status, at(again, 'title')]).toEqual([409, 'Already Exists']);
	expect((await send('GET', '/webhook_subscriptions')).status).toBe(400);
	const query = new URLSearchParams({ ...OWNER, count: '101' }).toString();
	expect((await send('GET', `/webhook_subscriptions?${query}`)).status).toBe(400);
});

test('tokens: the code and each refresh token are good once; a guessed token is refused', async () => {
	const code = bench.calendly.credential().code!;
	const first = await trade({ grant_type: 'authorization_code', code });
	expect((await trade({ grant_type: 'authorization_code', code })).status).toBe(400);
	const refresh = {
		grant_type: 'refresh_token',
		refresh_token: String(at(first, 'refresh_token')),
	};
	expect((await trade(refresh)).status).toBe(200);
	expect((await trade(refresh)).status).toBe(400);
	const guessed = await send('GET', '/users/me', undefined, 'cal-x');
	expect([guessed.status, at(guessed, 'title')]).toEqual([401, 'Unauthenticated']);
	expect((await send('GET', '/event_types')).status).toBe(404);
});

test('faults: too many requests, token taken back, down', async () => {
	const seen = [];
	for (const fault of ['limited', 'revoked', 'down'] as const) {
		bench.calendly.fail(fault, { times: 1 });
		const reply = await subscribe();
		seen.push([reply.status, at(reply, 'title')]);
	}
	expect(seen).toEqual([
		[429, 'Too Many Requests'],
		[401, 'Unauthenticated'],
		[503, 'Service Unavailable'],
	]);
});
