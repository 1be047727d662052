import type { IHttpRequestOptions } from 'n8n-workflow';
import type { ApiContext } from '../../../nodes/Spakinect/transport/attempt';
import { isStopped } from '../../../nodes/Spakinect/transport/errors';
import type { ApiRequest } from '../../../nodes/Spakinect/transport/failure';
import { Sender, TIMEOUT_MS } from '../../../nodes/Spakinect/transport/sender';

// Waits last for ever where a test says so: only a stop can end them then.
let mockWaitsForEver = false;
jest.mock('n8n-workflow', () => {
	const real = jest.requireActual('n8n-workflow');
	return {
		...real,
		sleep: () => (mockWaitsForEver ? new Promise(() => undefined) : Promise.resolve()),
	};
});

type Reply = { statusCode: number; headers?: object; body?: unknown } | { throws: object };

/** An n8n context that answers with `replies` in turn, the last one for ever. */
function contextWith(replies: Reply[], signal?: AbortSignal) {
	const sent: IHttpRequestOptions[] = [];
	const context = {
		getNode: () => ({ name: 'N', type: 't', parameters: {} }),
		...(signal ? { getExecutionCancelSignal: () => signal } : {}),
		helpers: {
			httpRequestWithAuthentication: async (_type: string, options: IHttpRequestOptions) => {
				sent.push(options);
				const reply = replies[Math.min(sent.length, replies.length) - 1]!;
				if ('throws' in reply) throw Object.assign(new Error('Quillon'), reply.throws);
				return reply;
			},
		},
	};
	return { context: context as unknown as ApiContext, sent };
}
const read: ApiRequest = { method: 'GET', path: '/visits/v1', qs: { a: 'b' } };
const create: ApiRequest = { method: 'POST', path: '/appointments', body: { x: 1 }, creates: true };
const throttled: Reply = { statusCode: 429, headers: { 'retry-after': '2' } };

const outcomeOf = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);

it('sends with a time-out of 30 s, no redirects, and every status as an answer', async () => {
	const { context, sent } = contextWith([{ statusCode: 404, body: { error: 'x' } }]);
	const answer = await new Sender(context, 'spakinectApi', 'https://a.example/emr').send(read);
	expect(answer).toEqual({ status: 404, headers: {}, body: { error: 'x' } });
	expect(TIMEOUT_MS).toBe(30_000);
	expect(sent).toEqual([
		{
			method: 'GET',
			url: 'https://a.example/emr/visits/v1',
			qs: { a: 'b' },
			body: undefined,
			json: true,
			timeout: 30_000,
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
		},
	]);
});

it('each attempt has options of its own, since n8n writes the key into them', async () => {
	const { context, sent } = contextWith([{ statusCode: 503 }, { statusCode: 200 }]);
	await new Sender(context, 'spakinectApi', 'https://a.example').send(read, { timeoutMs: 5000 });
	expect(sent).toHaveLength(2);
	expect(sent[0]).not.toBe(sent[1]);
	expect(sent[1]?.timeout).toBe(5000);
});

it('makes one attempt where it is told so', async () => {
	const { context, sent } = contextWith([{ statusCode: 503 }]);
	const answer = await new Sender(context, 't', 'https://a.example').send(read, { retry: false });
	expect(answer.status).toBe(503);
	expect(sent).toHaveLength(1);
});

it.each([
	[{ code: 'ECONNRESET' }, true],
	[{ cause: { code: 'ECONNRESET' } }, true],
	[{ httpCode: 'ECONNABORTED' }, true],
	[{ code: 'ECONNREFUSED' }, false],
	[{}, true],
])('finds the network code in %j; a create is unsure: %s', async (throws, unsure) => {
	const { context, sent } = contextWith([{ throws }]);
	const sender = new Sender(context, 't', 'https://a.example');
	const outcome = await outcomeOf(sender.send(create, { retry: false }));
	expect(String(outcome).includes('may have been created')).toBe(unsure);
	expect(String(outcome)).not.toContain('Quillon');
	expect(sent).toHaveLength(1);
});

describe('an execution that ends', () => {
	beforeEach(() => {
		mockWaitsForEver = true;
	});

	it('stops a wait, and what waits does not send any more', async () => {
		const controller = new AbortController();
		const { context, sent } = contextWith([throttled], controller.signal);
		const outcome = outcomeOf(new Sender(context, 't', 'https://a.example').send(create));
		setTimeout(() => controller.abort(), 20);
		expect(isStopped(await outcome)).toBe(true);
		expect(sent).toHaveLength(1);
	});

	it('stops also those that wait for a place or for the pause of all', async () => {
		const { context, sent } = contextWith([throttled]);
		const sender = new Sender(context, 't', 'https://a.example', 1);
		const outcomes = [1, 2, 3, 4].map(() => outcomeOf(sender.send(read)));
		setTimeout(() => sender.stop(), 20);
		expect((await Promise.all(outcomes)).map(isStopped)).toEqual([true, true, true, true]);
		expect(sent).toHaveLength(1);
	});

	it('sends nothing when it was cancelled before', async () => {
		const { context, sent } = contextWith([{ statusCode: 200 }], AbortSignal.abort());
		const sender = new Sender(context, 't', 'https://a.example');
		expect(isStopped(await outcomeOf(sender.send(create)))).toBe(true);
		await sender.wait(5000);
		expect(sent).toEqual([]);
	});

	it('takes the "canceled" of n8n for a stop and does not send again', async () => {
		const { context, sent } = contextWith([{ throws: { code: 'ERR_CANCELED' } }]);
		const sender = new Sender(context, 't', 'https://a.example');
		expect(isStopped(await outcomeOf(sender.send(read)))).toBe(true);
		expect(sent).toHaveLength(1);
	});

	it('is listened to once, whatever the number of requests', async () => {
		const { signal } = new AbortController();
		const listen = jest.spyOn(signal, 'addEventListener');
		const { context } = contextWith([{ statusCode: 200 }], signal);
		const sender = new Sender(context, 't', 'https://a.example');
		await Promise.all(Array.from({ length: 50 }, () => sender.send(read)));
		expect(listen).toHaveBeenCalledTimes(1);
	});
});
