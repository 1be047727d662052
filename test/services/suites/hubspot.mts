import { at, startBench, type Bench, type Reply } from '../support.mts';

let bench: Bench;
let token: string;
beforeAll(async () => {
	bench = await startBench();
	token = String(bench.hubspot.credential().data.appToken);
});
beforeEach(() => {
	bench.reset();
	bench.hubspot.defineProperty({ name: 'gfe_status', type: 'string' });
	bench.hubspot.defineProperty({ name: 'renewal_day', type: 'date' });
	bench.hubspot.defineProperty({ name: 'gfe_count', type: 'number' });
	const options = ['Approved', 'Denied'];
	bench.hubspot.defineProperty({ name: 'gfe_decision', type: 'enumeration', options });
});
afterAll(() => bench.stop());

const API = 'https://api.hubapi.com';
const send = (method: string, path: string, json?: unknown, as = token): Promise<Reply> =>
	bench.send(method, API + path, { token: as, ...(json !== undefined && { json }) });
const UPSERT = '/contacts/v1/contact/createOrUpdate/email';
const upsert = (email: string, values: Record<string, unknown> = {}): Promise<Reply> => {
	const properties = Object.entries(values).map(([property, value]) => ({ property, value }));
	return send('POST', `${UPSERT}/${encodeURIComponent(email)}`, { properties });
};
const search = (body: object) => send('POST', '/crm/v3/objects/contacts/search', body);
const filter = (propertyName: string, operator: string, value?: unknown) => ({
	filterGroups: [{ filters: [{ propertyName, operator, value }] }],
});

test('a contact is created, then updated, whatever the case of the email', async () => {
	const first = await upsert('Ada@example.com', { firstname: 'Ada', gfe_status: 'Pending' });
	expect(first.data).toEqual({ vid: expect.any(Number), isNew: true });
	const second = await upsert('ada@EXAMPLE.com', { gfe_status: 'Completed', firstname: '' });
	expect(second.data).toEqual({ vid: at(first, 'vid'), isNew: false });
	const profile = await send('GET', `/contacts/v1/contact/vid/${String(at(first, 'vid'))}/profile`);
	expect(at(profile, 'properties', 'gfe_status', 'value')).toBe('Completed');
	expect(at(profile, 'properties', 'firstname')).toBeUndefined();
	expect(bench.hubspot.contacts.size).toBe(1);
	expect(first.headers['x-hubspot-ratelimit-max']).toBe('100');
});

test('a search filters, sorts and pages', async () => {
	for (const name of ['ada', 'bea', 'cleo']) {
		bench.hubspot.addContact({
			email: `${name}@example.com`,
			firstname: name,
			gfe_status: 'Pending',
		});
	}
	const emails = (reply: Reply) =>
		(at(reply, 'results') as Array<{ properties: { email: string } }>).map(
			(one) => one.properties.email,
		);
	expect(emails(await search(filter('email', 'EQ', 'BEA@example.com')))).toEqual([
		'bea@example.com',
	]);
	const sorts = [{ propertyName: 'firstname', direction: 'DESCENDING' }];
	const page = await search({ ...filter('gfe_status', 'HAS_PROPERTY'), sorts, limit: 2 });
	expect(emails(page)).toEqual(['cleo@example.com', 'bea@example.com']);
	const after = at(page, 'paging', 'next', 'after');
	const next = await search({ ...filter('gfe_status', 'HAS_PROPERTY'), sorts, limit: 2, after });
	expect([emails(next), at(next, 'total'), at(next, 'paging')]).toEqual([
		['ada@example.com'],
		3,
		undefined,
	]);
	const wanted = await search({ ...filter('firstname', 'EQ', 'ada'), properties: ['gfe_status'] });
	expect(at(wanted, 'results', 0, 'properties')).toMatchObject({
		gfe_status: 'Pending',
		lastname: null,
	});
	expect(emails(await search(filter('firstname', 'EQ', 'nobody')))).toEqual([]);
});

test('a task is kept with its contact', async () => {
	const { vid } = bench.hubspot.addContact({ email: 'ada@example.com' });
	const reply = await send('POST', '/engagements/v1/engagements', {
		engagement: { type: 'TASK', timestamp: 1_800_000_000_000 },
		associations: { contactIds: [String(vid)] },
		metadata: { subject: 'GFE g1 denied', body: 'Call', status: 'NOT_STARTED' },
	});
	expect(reply.status).toBe(200);
	expect(bench.hubspot.engagements).toMatchObject([
		{
			type: 'TASK',
			contactIds: [vid],
			timestamp: 1_800_000_000_000,
			metadata: { subject: 'GFE g1 denied' },
		},
	]);
});

test.each<[string, string, Record<string, unknown>, string, string]>([
	[
		'an unknown property',
		'ada@example.com',
		{ gfe_state: 'x' },
		'PROPERTY_DOESNT_EXIST',
		'gfe_state',
	],
	['an email that is none', 'ada', {}, 'INVALID_EMAIL', 'email'],
	[
		'an option that is none',
		'ada@example.com',
		{ gfe_decision: 'approved' },
		'INVALID_OPTION',
		'gfe_decision',
	],
	['a text for a number', 'ada@example.com', { gfe_count: 'two' }, 'INVALID_LONG', 'gfe_count'],
	[
		'a date that is not midnight',
		'ada@example.com',
		{ renewal_day: 1_800_000_000_001 },
		'INVALID_DATE',
		'renewal_day',
	],
	[
		'a date that is none',
		'ada@example.com',
		{ renewal_day: 'soon' },
		'INVALID_DATE',
		'renewal_day',
	],
	[
		'a read-only property',
		'ada@example.com',
		{ createdate: '2026-01-01' },
		'READ_ONLY_VALUE',
		'createdate',
	],
])('%s is refused, and no contact is made', async (_, email, values, error, name) => {
	const reply = await upsert(email, { firstname: 'Ada', ...values });
	expect([reply.status, at(reply, 'message')]).toEqual([400, 'Property values were not valid']);
	expect(at(reply, 'validationResults')).toMatchObject([{ isValid: false, error, name }]);
	expect(bench.hubspot.contacts.size).toBe(0);
});

const task = { engagement: { type: 'TASK' }, metadata: {} };
test.each<[string, string, string, unknown, number, RegExp]>([
	['no properties', 'POST', `${UPSERT}/a@b.co`, {}, 400, /properties/],
	[
		'an unknown contact',
		'GET',
		'/contacts/v1/contact/vid/7/profile',
		undefined,
		404,
		/contact does not exist/,
	],
	[
		'a search with an unknown property',
		'POST',
		'/crm/v3/objects/contacts/search',
		filter('gfe', 'EQ', 'x'),
		400,
		/problem with the request/,
	],
	[
		'an unknown operator',
		'POST',
		'/crm/v3/objects/contacts/search',
		filter('email', 'IS', 'x'),
		400,
		/problem with the request/,
	],
	[
		'a filter without a value',
		'POST',
		'/crm/v3/objects/contacts/search',
		filter('email', 'EQ'),
		400,
		/problem with the request/,
	],
	[
		'six groups',
		'POST',
		'/crm/v3/objects/contacts/search',
		{ filterGroups: Array(6).fill(filter('email', 'EQ', 'x').filterGroups[0]) },
		400,
		/problem with the request/,
	],
	['a page of 201', 'POST', '/crm/v3/objects/contacts/search', { limit: 201 }, 400, /limit/],
	[
		'a task without metadata',
		'POST',
		'/engagements/v1/engagements',
		{ engagement: { type: 'TASK' } },
		400,
		/metadata cannot be null/,
	],
	[
		'an unknown kind of engagement',
		'POST',
		'/engagements/v1/engagements',
		{ ...task, engagement: { type: 'FAX' } },
		400,
		/FAX/,
	],
	[
		'an unknown status',
		'POST',
		'/engagements/v1/engagements',
		{ ...task, metadata: { status: 'OPEN' } },
		400,
		/OPEN/,
	],
	[
		'a task for an unknown contact',
		'POST',
		'/engagements/v1/engagements',
		{ ...task, associations: { contactIds: [7] } },
		400,
		/CONTACT=7/,
	],
	['an unknown endpoint', 'GET', '/crm/v9/objects', undefined, 404, /not found/],
])('%s is refused', async (_, method, path, json, status, message) => {
	const reply = await send(method, path, json);
	expect([reply.status, at(reply, 'status')]).toEqual([status, 'error']);
	expect(at(reply, 'message')).toMatch(message);
	expect(at(reply, 'correlationId')).toEqual(expect.any(String));
	expect(bench.hubspot.engagements).toEqual([]);
});

test('a body that is not JSON, and a token that is missing or wrong, are refused', async () => {
	const bytes = Buffer.from('{');
	const headers = { 'content-type': 'application/json' };
	const url = `${API}/crm/v3/objects/contacts/search`;
	expect((await bench.send('POST', url, { token, bytes, headers })).status).toBe(400);
	for (const reply of [
		await bench.send('POST', url, { json: {} }),
		await send('GET', '/x', {}, 'pat-x'),
	]) {
		expect(reply.status).toBeGreaterThanOrEqual(401);
	}
	expect(at(await bench.send('POST', url, { json: {} }), 'category')).toBe(
		'INVALID_AUTHENTICATION',
	);
});

test('faults: ten-second limit, token taken back, down', async () => {
	bench.hubspot.fail('limited', { times: 1 });
	const limited = await upsert('ada@example.com');
	expect([limited.status, at(limited, 'policyName')]).toEqual([429, 'TEN_SECONDLY_ROLLING']);
	bench.hubspot.fail('revoked', { times: 1 });
	expect(at(await upsert('ada@example.com'), 'category')).toBe('INVALID_AUTHENTICATION');
	bench.hubspot.fail('down', { times: 1 });
	expect((await upsert('ada@example.com')).status).toBe(503);
	expect(bench.hubspot.contacts.size).toBe(0);
	expect((await upsert('ada@example.com')).status).toBe(200);
});
