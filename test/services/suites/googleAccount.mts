import { generateKeyPairSync } from 'node:crypto';
import { assertion, personTokens, serviceToken, TOKEN_URL, trade } from '../google.mts';
import { at, startBench, type Bench } from '../support.mts';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterEach(() => bench.reset());
afterAll(() => bench.stop());

const now = () => Math.floor(Date.now() / 1000);

test('an assertion signed with the registered key is traded for a token of an hour', async () => {
	const reply = await trade(bench, assertion(bench.google.privateKey));
	expect(reply.status).toBe(200);
	expect(reply.data).toMatchObject({ token_type: 'Bearer', expires_in: 3599 });
});

test('a person’s consent is traded once, and its refresh token gives new tokens', async () => {
	const { refresh } = await personTokens(bench);
	const { data, code } = bench.google.signedIn('googleDriveOAuth2Api');
	const client = { client_id: String(data.clientId), client_secret: String(data.clientSecret) };
	const again = { grant_type: 'refresh_token', refresh_token: refresh, ...client };
	expect((await bench.send('POST', TOKEN_URL, { form: again })).status).toBe(200);
	const trading = { grant_type: 'authorization_code', code: code!, ...client };
	const first = await bench.send('POST', TOKEN_URL, { form: trading });
	const second = await bench.send('POST', TOKEN_URL, { form: trading });
	expect([first.status, second.status]).toEqual([200, 400]);
	expect(second.data).toMatchObject({ error: 'invalid_grant' });
});

const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
test.each<[string, object, object, string]>([
	['an unknown account', { iss: 'x@y.iam.gserviceaccount.com' }, {}, 'invalid_grant'],
	['another algorithm', {}, { alg: 'HS256' }, 'invalid_grant'],
	['no algorithm', {}, { alg: 'none' }, 'invalid_grant'],
	['another audience', { aud: 'https://sheets.googleapis.com/' }, {}, 'invalid_grant'],
	['a time that has passed', { iat: now() - 7200, exp: now() - 3600 }, {}, 'invalid_grant'],
	['a time to come', { iat: now() + 7200, exp: now() + 9000 }, {}, 'invalid_grant'],
	['more than an hour', { exp: now() + 7200 }, {}, 'invalid_grant'],
	['no time', { iat: undefined, exp: undefined }, {}, 'invalid_grant'],
	['no scope', { scope: undefined }, {}, 'invalid_scope'],
	['a scope that does not exist', { scope: 'spreadsheets' }, {}, 'invalid_scope'],
	['another person', { sub: 'owner@spa.example' }, {}, 'unauthorized_client'],
])('an assertion with %s is refused', async (_, claims, header, error) => {
	const reply = await trade(bench, assertion(bench.google.privateKey, claims, header));
	expect(reply.status).toBeGreaterThanOrEqual(400);
	expect(reply.data).toMatchObject({ error });
});

test('an assertion signed with another key, or changed after it was signed, is refused', async () => {
	const good = assertion(bench.google.privateKey).split('.');
	const bad = assertion(bench.google.privateKey, { exp: now() + 60 }).split('.');
	for (const jwt of [assertion(other), [good[0], good[1], bad[2]].join('.'), 'x', 'a.b.c']) {
		const reply = await trade(bench, jwt);
		expect([reply.status, at(reply, 'error')]).toEqual([400, 'invalid_grant']);
	}
});

test.each<[string, Record<string, string>, string]>([
	['no grant type', {}, 'invalid_request'],
	['an unknown client', { grant_type: 'refresh_token', refresh_token: 'x' }, 'invalid_client'],
])('%s is refused', async (_, form, error) => {
	expect((await bench.send('POST', TOKEN_URL, { form })).data).toMatchObject({ error });
});

test('after the consent is taken back, neither the token nor the refresh token is good', async () => {
	const { refresh } = await personTokens(bench);
	bench.google.revokeTokens();
	const { data } = bench.google.signedIn('googleDriveOAuth2Api');
	const form = {
		grant_type: 'refresh_token',
		refresh_token: refresh,
		client_id: String(data.clientId),
		client_secret: String(data.clientSecret),
	};
	const reply = await bench.send('POST', TOKEN_URL, { form });
	expect([reply.status, at(reply, 'error')]).toEqual([400, 'invalid_grant']);
	await serviceToken(bench);
});
