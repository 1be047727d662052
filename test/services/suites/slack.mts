import { at, startBench, type Bench, type Reply } from '../support.mts';

let bench: Bench;
let token: string;
beforeAll(async () => {
	bench = await startBench();
	token = String(bench.slack.credential().data.accessToken);
});
beforeEach(() => {
	bench.reset();
	bench.slack.scopes = ['chat:write', 'channels:read'];
	bench.slack.addChannel('front-desk');
	bench.slack.addChannel('old', { isArchived: true });
	bench.slack.addChannel('managers', { isMember: false });
});
afterAll(() => bench.stop());

const call = (method: string, json: object, as = token): Promise<Reply> =>
	bench.send('POST', `https://slack.com/api/${method}`, { token: as, json });
const post = (json: object, as?: string) => call('chat.postMessage', json, as);

test('a message comes to a channel by name, with or without #, and by id', async () => {
	const id = bench.slack.channels[0]!.id;
	for (const channel of ['#front-desk', 'front-desk', id]) {
		const reply = await post({ channel, text: 'GFE g1: denied' });
		expect(reply.data).toMatchObject({
			ok: true,
			channel: id,
			ts: expect.stringMatching(/^\d+\.\d{6}$/),
		});
	}
	expect(bench.slack.textsIn('front-desk')).toEqual(Array(3).fill('GFE g1: denied'));
	const form = { channel: id, text: 'by form' };
	await bench.send('POST', 'https://slack.com/api/chat.postMessage', { token, form });
	expect(bench.slack.textsIn('front-desk').at(-1)).toBe('by form');
});

test('channels are listed page by page', async () => {
	const list = (query: string) =>
		bench.send('GET', `https://slack.com/api/conversations.list?${query}`, { token });
	const page = await list('limit=2');
	expect(at(page, 'channels')).toHaveLength(2);
	const cursor = String(at(page, 'response_metadata', 'next_cursor'));
	const rest = await list(`limit=2&cursor=${cursor}`);
	expect(at(rest, 'channels')).toMatchObject([{ name: 'managers', is_member: false }]);
	expect(at(rest, 'response_metadata', 'next_cursor')).toBe('');
	expect(at(await list('limit=0'), 'error')).toBe('invalid_limit');
});

const text = 'x';
test.each<[string, object, string]>([
	['an unknown channel', { channel: '#nowhere', text }, 'channel_not_found'],
	['no channel', { text }, 'channel_not_found'],
	['an archived channel', { channel: 'old', text }, 'is_archived'],
	['a channel without the bot', { channel: 'managers', text }, 'not_in_channel'],
	['no text', { channel: 'front-desk' }, 'no_text'],
	['an empty text', { channel: 'front-desk', text: '' }, 'no_text'],
	['a text that is none', { channel: 'front-desk', text: { a: 1 } }, 'invalid_arguments'],
	['a text of 40,001 letters', { channel: 'front-desk', text: 'x'.repeat(40_001) }, 'msg_too_long'],
])('%s is refused with 200 and ok: false', async (_, json, error) => {
	const reply = await post(json);
	expect([reply.status, reply.data]).toEqual([200, { ok: false, error }]);
	expect(bench.slack.messages).toEqual([]);
});

test('who may not, does not: no token, a wrong one, no scope, an unknown method', async () => {
	const json = { channel: 'front-desk', text };
	const none = await bench.send('POST', 'https://slack.com/api/chat.postMessage', { json });
	expect(none.data).toEqual({ ok: false, error: 'not_authed' });
	expect((await post(json, 'xoxb-guessed')).data).toEqual({ ok: false, error: 'invalid_auth' });
	bench.slack.scopes = ['channels:read'];
	expect((await post(json)).data).toMatchObject({ error: 'missing_scope', needed: 'chat:write' });
	expect((await call('chat.shout', json)).data).toMatchObject({ error: 'unknown_method' });
	const headers = { 'content-type': 'application/json' };
	const broken = { token, headers, bytes: Buffer.from('{') };
	const url = 'https://slack.com/api/chat.postMessage';
	expect(at(await bench.send('POST', url, broken), 'error')).toBe('invalid_json');
});

test('faults: too many messages is 429 with Retry-After, token taken back, down', async () => {
	const json = { channel: 'front-desk', text };
	bench.slack.fail('limited', { times: 1 });
	const limited = await post(json);
	expect([limited.status, at(limited, 'error')]).toEqual([429, 'ratelimited']);
	expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
	bench.slack.fail('revoked', { times: 1 });
	const revoked = await post(json);
	expect([revoked.status, at(revoked, 'error')]).toEqual([200, 'token_revoked']);
	bench.slack.fail('down', { times: 1 });
	expect((await post(json)).status).toBe(503);
	expect(at(await post(json), 'ok')).toBe(true);
});
