import type { Contact, CustomField } from '../../../sandbox/services/highLevel/contacts.mts';
import { at, startBench, type Bench, type Reply } from '../support.mts';

const API = 'https://services.leadconnectorhq.com';
const VERSION = { version: '2021-07-28' };

let bench: Bench;
let token: string;
let contact: Contact;
let status: CustomField;

const trade = (form: Record<string, string>): Promise<Reply> => {
	const { clientId, clientSecret } = bench.highLevel.credential().data as Record<string, string>;
	const client = { client_id: clientId!, client_secret: clientSecret! };
	return bench.send('POST', `${API}/oauth/token`, { form: { ...client, ...form } });
};
const connect = (): Promise<Reply> =>
	trade({ grant_type: 'authorization_code', code: bench.highLevel.credential().code! });

beforeAll(async () => {
	bench = await startBench();
	token = String(at(await connect(), 'access_token'));
});
beforeEach(() => {
	bench.reset();
	contact = bench.highLevel.store.addContact({
		email: 'ada@example.com',
		phone: '+12025550187',
		tags: ['vip'],
	});
	status = bench.highLevel.store.defineField('GFE status');
});
afterAll(() => bench.stop());

const send = (method: string, path: string, json?: unknown, as = token): Promise<Reply> =>
	bench.send(method, API + path, {
		token: as,
		headers: VERSION,
		...(json !== undefined && { json }),
	});
const mine = (path = '') => `/contacts/${contact.id}${path}`;

test('OAuth: the code is good once, the location comes with it, each refresh token is good once', async () => {
	const code = bench.highLevel.credential().code!;
	const first = await trade({ grant_type: 'authorization_code', code });
	expect(first.data).toMatchObject({ locationId: 'spa-location-1', userType: 'Location' });
	expect((await trade({ grant_type: 'authorization_code', code })).status).toBe(400);
	const refresh = {
		grant_type: 'refresh_token',
		refresh_token: String(at(first, 'refresh_token')),
	};
	expect((await trade(refresh)).status).toBe(200);
	expect(at(await trade(refresh), 'error')).toBe('invalid_grant');
	expect((await trade({ grant_type: '' })).status).toBe(422);
});

test('custom fields are written by id or key, tags are added, notes and tasks are kept', async () => {
	const customFields = [{ id: status.id, field_value: 'Completed' }];
	const put = await send('PUT', mine('/'), { customFields });
	expect(at(put, 'contact', 'customFields')).toEqual([{ id: status.id, value: 'Completed' }]);
	await send('PUT', mine(), { customFields: [{ key: 'gfe_status', field_value: 'Expired' }] });
	expect(bench.highLevel.store.valuesOf(contact.id)).toEqual({ 'GFE status': 'Expired' });
	expect((await send('POST', mine('/tags'), { tags: ['GFE-ok'] })).data).toEqual({
		tags: ['vip', 'gfe-ok'],
	});
	await send('DELETE', mine('/tags'), { tags: ['vip'] });
	expect(contact.tags).toEqual(['gfe-ok']);
	await send('POST', mine('/notes'), { body: 'GFE g1 approved' });
	expect(bench.highLevel.store.notesOf(contact.id)).toEqual(['GFE g1 approved']);
	const task = { title: 'Call', dueDate: '2026-12-01T15:00:00Z', completed: false };
	expect((await send('POST', mine('/tasks'), task)).status).toBe(201);
	expect(at(await send('GET', mine('/tasks')), 'tasks')).toMatchObject([task]);
});

test('tags of an update replace all tags', async () => {
	await send('PUT', mine(), { tags: ['only'] });
	expect(contact.tags).toEqual(['only']);
});

test('an upsert finds by email, then by phone, else creates', async () => {
	const locationId = 'spa-location-1';
	const upsert = (body: object) => send('POST', '/contacts/upsert/', { locationId, ...body });
	expect(at(await upsert({ email: 'ADA@example.com', firstName: 'Ada' }), 'new')).toBe(false);
	expect(at(await upsert({ phone: '+12025550187' }), 'contact', 'id')).toBe(contact.id);
	expect(at(await upsert({ email: 'bea@example.com' }), 'new')).toBe(true);
	expect(bench.highLevel.store.contacts.size).toBe(2);
});

test('contacts are found and paged', async () => {
	for (const name of ['bea', 'cleo'])
		bench.highLevel.store.addContact({ email: `${name}@example.com` });
	const list = (query: string) => send('GET', `/contacts/?locationId=spa-location-1&${query}`);
	expect(at(await list('query=bea'), 'contacts')).toHaveLength(1);
	const page = await list('limit=2');
	expect(at(page, 'meta')).toMatchObject({ total: 3, currentPage: 1, nextPage: 2 });
	const next = await list(`limit=2&startAfterId=${String(at(page, 'meta', 'startAfterId'))}`);
	expect(at(next, 'contacts')).toMatchObject([{ email: 'cleo@example.com' }]);
	expect(next.headers['x-ratelimit-max']).toBe('100');
});

test('a booking is posted with the contact at the top', () => {
	const times = { startTime: '2026-12-01T10:00:00-05:00', endTime: '2026-12-01T10:30:00-05:00' };
	const body = bench.highLevel.booking(contact, {
		...times,
		calendarName: 'Botox',
		customData: { treatment: 'Botox' },
	});
	expect(body).toMatchObject({
		contact_id: contact.id,
		email: 'ada@example.com',
		calendar: { ...times, status: 'booked' },
		customData: { treatment: 'Botox' },
	});
});

const task = { title: 'Call', dueDate: '2026-12-01T15:00:00Z', completed: false };
test.each<[string, string, () => string, unknown, number, RegExp]>([
	['an unknown contact', 'PUT', () => '/contacts/nobody', {}, 400, /not found/],
	[
		'a note for an unknown contact',
		'POST',
		() => '/contacts/nobody/notes',
		{ body: 'x' },
		400,
		/not found/,
	],
	[
		'a field that does not exist',
		'PUT',
		mine,
		{ gfe_status: 'x' },
		422,
		/property gfe_status should not exist/,
	],
	[
		'the location in an update',
		'PUT',
		mine,
		{ locationId: 'spa-location-1' },
		422,
		/locationId should not exist/,
	],
	[
		'an unknown custom field',
		'PUT',
		mine,
		{ customFields: [{ id: 'x', field_value: 'y' }] },
		422,
		/customFields\.0\.id/,
	],
	[
		'what n8n’s node sends for one',
		'PUT',
		mine,
		{ customFields: [{ fieldId: { id: 'x' }, field_value: 'y' }] },
		422,
		/fieldId should not exist/,
	],
	[
		'custom fields as an object',
		'PUT',
		mine,
		{ customFields: { values: [] } },
		422,
		/customFields must be a/,
	],
	['tags as a text', 'POST', () => mine('/tags'), { tags: 'gfe' }, 422, /tags/],
	['no tags', 'POST', () => mine('/tags'), {}, 422, /tags should not be empty/],
	['a note without a text', 'POST', () => mine('/notes'), { body: '' }, 422, /body/],
	['an email that is none', 'PUT', mine, { email: 'ada' }, 422, /email must be an email/],
	[
		'a task without a title',
		'POST',
		() => mine('/tasks'),
		{ ...task, title: undefined },
		422,
		/title should not be empty/,
	],
	[
		'a due date without a zone',
		'POST',
		() => mine('/tasks'),
		{ ...task, dueDate: '2026-12-01' },
		422,
		/dueDate/,
	],
	[
		'completed as a text',
		'POST',
		() => mine('/tasks'),
		{ ...task, completed: 'no' },
		422,
		/completed must be a boolean/,
	],
	[
		'another location',
		'GET',
		() => '/contacts/?locationId=other',
		undefined,
		403,
		/does not have access/,
	],
	['no location', 'GET', () => '/contacts/', undefined, 403, /does not have access/],
	[
		'a page of 101',
		'GET',
		() => '/contacts/?locationId=spa-location-1&limit=101',
		undefined,
		422,
		/limit/,
	],
	[
		'an upsert without email and phone',
		'POST',
		() => '/contacts/upsert',
		{ locationId: 'spa-location-1' },
		400,
		/email or phone/,
	],
	[
		'an upsert elsewhere',
		'POST',
		() => '/contacts/upsert',
		{ locationId: 'other', email: 'a@b.co' },
		403,
		/access/,
	],
	['an unknown endpoint', 'GET', () => '/leads', undefined, 404, /Cannot GET/],
])('%s is refused, and nothing is written', async (_, method, path, json, code, message) => {
	const before = structuredClone([...bench.highLevel.store.contacts.values()]);
	const reply = await send(method, path(), json);
	expect([reply.status, at(reply, 'statusCode')]).toEqual([code, code]);
	expect(String(at(reply, 'message'))).toMatch(message);
	expect([...bench.highLevel.store.contacts.values()]).toEqual(before);
	expect([bench.highLevel.store.notes, bench.highLevel.store.tasks]).toEqual([[], []]);
});

test('who may not, does not: no token, a guessed one, no version, another version, no scope', async () => {
	const plain = await bench.send('GET', API + mine(), { headers: VERSION });
	expect([plain.status, at(plain, 'message')]).toEqual([401, 'Invalid JWT']);
	expect((await send('GET', mine(), undefined, 'ghl-x')).status).toBe(401);
	const unversioned = await bench.send('GET', API + mine(), { token });
	expect(at(unversioned, 'message')).toBe('version header was not found.');
	const headers = { version: '2020-01-01' };
	expect((await bench.send('GET', API + mine(), { token, headers })).status).toBe(401);
	const all = bench.highLevel.scopes;
	bench.highLevel.scopes = ['contacts.readonly'];
	const narrow = String(at(await connect(), 'access_token'));
	bench.highLevel.scopes = all;
	expect((await send('GET', mine(), undefined, narrow)).status).toBe(200);
	const write = await send('PUT', mine(), {}, narrow);
	expect([write.status, at(write, 'message')]).toEqual([
		401,
		'The token is not authorized for this scope.',
	]);
});

test('faults: too many requests, token taken back, down', async () => {
	bench.highLevel.fail('limited', { times: 1 });
	const limited = await send('GET', mine());
	expect([limited.status, limited.headers['x-ratelimit-remaining']]).toEqual([429, '0']);
	bench.highLevel.fail('revoked');
	expect((await send('GET', mine())).status).toBe(401);
	expect(at(await trade({ grant_type: 'refresh_token', refresh_token: 'x' }), 'error')).toBe(
		'invalid_grant',
	);
	bench.highLevel.recover();
	bench.highLevel.fail('down', { times: 1 });
	expect((await send('GET', mine())).status).toBe(503);
	expect((await send('GET', mine())).status).toBe(200);
});
