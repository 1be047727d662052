import { randomUUID } from 'node:crypto';
import { failureOf, itemsOf, type Execution } from '../../sandbox/n8n/client.mts';
import type { NodeCredentials } from '../../sandbox/services/connect.mts';
import { connected, ServicesWorld } from './support/services.mts';
import { BOOT_MS, TEST_MS } from './support/world.mts';
import { node } from './support/workflows.mts';
import { FAR_DAY } from './support/farDay.mts';

jest.setTimeout(TEST_MS);

let world: ServicesWorld;
let google: NodeCredentials;
let highLevel: NodeCredentials;
beforeAll(async () => {
	world = await ServicesWorld.start();
	google = await world.connect(world.services.google.serviceAccount());
	highLevel = await world.connect(world.services.highLevel.credential());
}, BOOT_MS);
beforeEach(() => world.services.reset());
afterEach(() => expect(world.services.refused()).toEqual([]));
afterAll(() => world?.stop());

const done = (execution: Execution): Execution => {
	if (execution.status !== 'success') throw new Error(failureOf(execution));
	return execution;
};
/** It failed because a stand-in refused with this status, and not on the way there. */
const refusedWith = (execution: Execution, status: number): void => {
	expect(execution.status).toBe('error');
	expect(world.services.calls.map((call) => call.status)).toContain(status);
};
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const byName = (value: string) => ({ __rl: true, mode: 'name', value });

describe('Google Sheets', () => {
	const sheet = (name: string, parameters: object) =>
		node(
			name,
			'n8n-nodes-base.googleSheets',
			{
				authentication: 'serviceAccount',
				resource: 'sheet',
				documentId: byId('bookings'),
				sheetName: byName('Bookings'),
				options: {},
				...parameters,
			},
			{ typeVersion: 4.7, credentials: google },
		);
	const column = (id: string) => ({
		id,
		displayName: id,
		required: false,
		defaultMatch: false,
		display: true,
		type: 'string',
		canBeUsedToMatch: true,
	});
	const columns = ['booking_id', 'gfe_id', 'status'];
	const upsert = () =>
		sheet('Upsert', {
			operation: 'appendOrUpdate',
			columns: {
				mappingMode: 'defineBelow',
				value: Object.fromEntries(columns.map((name) => [name, `={{ $json.${name} }}`])),
				matchingColumns: ['booking_id'],
				schema: columns.map(column),
			},
		});
	const bookings = () => world.services.sheets.create('bookings', { Bookings: [columns] });

	it('appends a row, updates it on the second run, and finds it by its column', async () => {
		const book = bookings();
		done(await world.run({ booking_id: 'b1', gfe_id: 'g1', status: 'Pending' }, upsert()));
		const append = sheet('Append', {
			operation: 'append',
			columns: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: [], schema: [] },
		});
		done(await world.run({ booking_id: 'b2', gfe_id: 'g2', status: 'Pending' }, append));
		done(await world.run({ booking_id: 'b1', gfe_id: 'g1', status: 'Completed' }, upsert()));
		expect(book.records('Bookings')).toEqual([
			{ booking_id: 'b1', gfe_id: 'g1', status: 'Completed' },
			{ booking_id: 'b2', gfe_id: 'g2', status: 'Pending' },
		]);
		const read = sheet('Read', {
			operation: 'read',
			filtersUI: { values: [{ lookupColumn: 'gfe_id', lookupValue: '={{ $json.gfe_id }}' }] },
		});
		const found = itemsOf(done(await world.run({ gfe_id: 'g2' }, read)), 'Read');
		expect(found.map(({ json }) => json)).toEqual([
			{ row_number: 3, booking_id: 'b2', gfe_id: 'g2', status: 'Pending' },
		]);
	});

	it('updates by the row number that the read gave, makes and clears a tab', async () => {
		const book = bookings();
		book
			.sheet('Bookings')
			?.write(
				{ sheet: '', startRow: 1, endRow: 2, startColumn: 0, endColumn: 3 },
				[['b1', 'g1', 'Pending']],
				'RAW',
			);
		const update = sheet('Update', {
			operation: 'update',
			columns: {
				mappingMode: 'defineBelow',
				value: { row_number: '={{ $json.row_number }}', status: 'Expired' },
				matchingColumns: ['row_number'],
				schema: [
					...columns.map(column),
					{ ...column('row_number'), type: 'number', readOnly: true },
				],
			},
		});
		done(await world.run({ row_number: 2 }, update));
		expect(book.rows('Bookings')[1]).toEqual(['b1', 'g1', 'Expired']);
		const make = sheet('Make', { operation: 'create', title: 'Hold list' });
		const clear = sheet('Clear', {
			operation: 'clear',
			clear: 'specificRows',
			startIndex: 2,
			rowsToDelete: 100,
		});
		done(await world.run({}, make, clear));
		expect(book.sheets.map(({ title }) => title)).toEqual(['Bookings', 'Hold list']);
		expect(book.records('Bookings')).toEqual([]);
	});

	it.each([
		['limited', 429],
		['revoked', 401],
		['down', 503],
	] as const)('fails, with nothing written: %s', async (fault, status) => {
		const book = bookings();
		world.services.sheets.fail(fault);
		const execution = await world.run({ booking_id: 'b1', gfe_id: 'g1', status: 'x' }, upsert());
		refusedWith(execution, status);
		expect(book.records('Bookings')).toEqual([]);
	});

	it('fails on a sheet that is not shared with the account', async () => {
		bookings().shared.clear();
		const execution = await world.run({ booking_id: 'b1', gfe_id: 'g1', status: 'x' }, upsert());
		refusedWith(execution, 403);
	});

	it.each(['serviceAccount', 'triggerOAuth2'])(
		'starts for each new row (%s)',
		async (authentication) => {
			const book = bookings();
			const credentials =
				authentication === 'serviceAccount'
					? google
					: await world.connect(world.services.google.signedIn('googleSheetsTriggerOAuth2Api'));
			const trigger = node(
				'Row',
				'n8n-nodes-base.googleSheetsTrigger',
				{
					authentication,
					documentId: byId('bookings'),
					sheetName: byName('Bookings'),
					event: 'rowAdded',
					options: {},
					pollTimes: { item: [{ mode: 'everyMinute' }] },
				},
				{ credentials },
			);
			const nodes = [trigger, node('After', 'n8n-nodes-base.noOp', {})];
			const { client } = world.n8n;
			const name = `Rows ${randomUUID()}`;
			const { id } = await client.createWorkflow({ name, nodes, connections: connected(nodes) });
			await client.publish(id);
			book
				.sheet('Bookings')
				?.write(
					{ sheet: '', startRow: 1, endRow: 2, startColumn: 0, endColumn: 3 },
					[['b1', 'g1', 'Pending']],
					'RAW',
				);
			const [execution] = await client.waitForExecution(id, { timeoutMs: 150_000 });
			expect(itemsOf(done(execution!), 'Row').map(({ json }) => json)).toEqual([
				{ booking_id: 'b1', gfe_id: 'g1', status: 'Pending' },
			]);
			await client.unpublish(id);
		},
	);
});

describe('Google Drive', () => {
	const file = node(
		'File',
		'n8n-nodes-base.convertToFile',
		{ operation: 'toText', sourceProperty: 'text', options: { fileName: 'gfe-g1.pdf' } },
		{ typeVersion: 1.1 },
	);
	const drive = (
		name: string,
		parameters: object,
		credentials = google,
		authentication = 'serviceAccount',
	) =>
		node(
			name,
			'n8n-nodes-base.googleDrive',
			{ authentication, resource: 'file', options: {}, ...parameters },
			{ typeVersion: 3, credentials },
		);
	const myDrive = { __rl: true, mode: 'list', value: 'My Drive' };
	const upload = (folder: string, driveId: object) => ({
		operation: 'upload',
		inputDataFieldName: 'data',
		name: '={{ $("Input").item.json.gfe_id }}.pdf',
		driveId,
		folderId: byId(folder),
	});

	it('uploads a file into a shared drive, and finds it', async () => {
		const { store } = world.services.drive;
		store.addSharedDrive('Charts', 'charts');
		const input = { gfe_id: 'g1', text: 'a PDF' };
		const execution = done(
			await world.run(input, file, drive('Upload', upload('charts', byId('charts')))),
		);
		expect(itemsOf(execution, 'Upload')[0]?.json).toMatchObject({ name: 'g1.pdf' });
		expect(store.namesIn('charts')).toEqual(['g1.pdf']);
		const [kept] = [...store.files.values()].slice(-1);
		expect(kept?.content?.toString()).toBe('a PDF');
		const search = drive('Search', {
			resource: 'fileFolder',
			operation: 'search',
			searchMethod: 'name',
			queryString: '={{ $json.gfe_id }}.pdf',
			returnAll: false,
			limit: 10,
			filter: { folderId: byId('charts'), driveId: byId('charts'), whatToSearch: 'files' },
		});
		const found = itemsOf(done(await world.run({ gfe_id: 'g1' }, search)), 'Search');
		expect(found.map(({ json }) => json)).toEqual([{ id: kept?.id, name: 'g1.pdf' }]);
	});

	it('uploads into a person’s own folder with OAuth; a service account cannot', async () => {
		const { store } = world.services.drive;
		store.addFolder('Charts', { id: 'mine', shared: true });
		const person = await world.connect(world.services.google.signedIn('googleDriveOAuth2Api'));
		const input = { gfe_id: 'g1', text: 'a PDF' };
		done(await world.run(input, file, drive('Upload', upload('mine', myDrive), person, 'oAuth2')));
		expect(store.namesIn('mine')).toEqual(['g1.pdf']);
		const refused = await world.run(input, file, drive('Upload', upload('mine', myDrive)));
		refusedWith(refused, 403);
		expect(store.namesIn('mine')).toEqual(['g1.pdf']);
	});

	it('makes a folder', async () => {
		world.services.drive.store.addSharedDrive('Charts', 'charts');
		const folder = drive('Folder', {
			resource: 'folder',
			operation: 'create',
			name: 'July',
			driveId: byId('charts'),
			folderId: byId('charts'),
		});
		done(await world.run({}, folder));
		expect(world.services.drive.store.namesIn('charts')).toEqual(['July']);
	});
});

describe('HubSpot', () => {
	let credentials: NodeCredentials;
	beforeAll(async () => {
		credentials = await world.connect(world.services.hubspot.credential());
	});
	const hubspot = (name: string, parameters: object) =>
		node(
			name,
			'n8n-nodes-base.hubspot',
			{ authentication: 'appToken', additionalFields: {}, options: {}, ...parameters },
			{ typeVersion: 2.2, credentials },
		);
	const upsert = () =>
		hubspot('Upsert', {
			resource: 'contact',
			operation: 'upsert',
			email: '={{ $json.email }}',
			additionalFields: {
				customPropertiesUi: {
					customPropertiesValues: [{ property: 'gfe_status', value: '={{ $json.status }}' }],
				},
			},
		});

	it('creates a contact once, writes its property, finds it, and gives staff a task', async () => {
		const { hubspot: store } = world.services;
		store.defineProperty({ name: 'gfe_status', type: 'string' });
		done(await world.run({ email: 'ada@example.com', status: 'Pending' }, upsert()));
		done(await world.run({ email: 'ada@example.com', status: 'Completed' }, upsert()));
		expect([...store.contacts.values()].map(({ properties }) => properties)).toMatchObject([
			{ email: 'ada@example.com', gfe_status: 'Completed' },
		]);
		const search = hubspot('Search', {
			resource: 'contact',
			operation: 'search',
			returnAll: false,
			limit: 5,
			filterGroupsUi: {
				filterGroupsValues: [
					{
						filtersUi: {
							filterValues: [
								{ propertyName: 'email|string', operator: 'EQ', value: '={{ $json.email }}' },
							],
						},
					},
				],
			},
			additionalFields: { properties: ['gfe_status'] },
		});
		const task = hubspot('Task', {
			resource: 'engagement',
			operation: 'create',
			type: 'task',
			dueDate: `${FAR_DAY}T15:00:00.000Z`,
			metadata: { subject: 'GFE g1: denied', body: 'See Spakinect', status: 'NOT_STARTED' },
			additionalFields: { associations: { contactIds: '={{ $json.id }}' } },
		});
		const execution = done(await world.run({ email: 'ADA@example.com' }, search, task));
		const { vid } = store.contactWith('ada@example.com')!;
		expect(itemsOf(execution, 'Search')[0]?.json).toMatchObject({
			id: String(vid),
			properties: { gfe_status: 'Completed' },
		});
		expect(store.engagements).toMatchObject([
			{ type: 'TASK', contactIds: [vid], metadata: { subject: 'GFE g1: denied' } },
		]);
	});

	it('fails on a property that the account does not have', async () => {
		const execution = await world.run({ email: 'ada@example.com', status: 'x' }, upsert());
		refusedWith(execution, 400);
		expect(world.services.hubspot.contacts.size).toBe(0);
	});
});

describe('HighLevel', () => {
	const version = { parameters: [{ name: 'Version', value: '2021-07-28' }] };
	const http = (name: string, method: string, path: string, jsonBody: string) =>
		node(
			name,
			'n8n-nodes-base.httpRequest',
			{
				method,
				url: `=https://services.leadconnectorhq.com/contacts/{{ $("Input").item.json.contact_id }}${path}`,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: 'highLevelOAuth2Api',
				sendHeaders: true,
				headerParameters: version,
				sendBody: true,
				specifyBody: 'json',
				jsonBody,
				options: {},
			},
			{ typeVersion: 4.2, credentials: highLevel },
		);
	const contact = (name: string, parameters: object) =>
		node(
			name,
			'n8n-nodes-base.highLevel',
			{ resource: 'contact', requestOptions: {}, ...parameters },
			{ typeVersion: 2, credentials: highLevel },
		);

	it('writes custom fields, tags and notes over HTTP, tasks with the node, and gets contacts', async () => {
		const { store } = world.services.highLevel;
		const ada = store.addContact({ email: 'ada@example.com', tags: ['vip'] });
		const status = store.defineField('GFE status');
		const execution = done(
			await world.run(
				{ contact_id: ada.id, status: 'Completed' },
				http(
					'Fields',
					'PUT',
					'',
					`={{ { customFields: [{ id: '${status.id}', field_value: $('Input').item.json.status }] } }}`,
				),
				http('Tag', 'POST', '/tags', '{ "tags": ["gfe-completed"] }'),
				http('Note', 'POST', '/notes', '{ "body": "GFE g1: completed" }'),
				node(
					'Task',
					'n8n-nodes-base.highLevel',
					{
						resource: 'task',
						operation: 'create',
						contactId: '={{ $("Input").item.json.contact_id }}',
						title: 'GFE g1: completed',
						dueDate: `${FAR_DAY}T15:00:00.000Z`,
						completed: false,
						additionalFields: {},
						requestOptions: {},
					},
					{ typeVersion: 2, credentials: highLevel },
				),
				contact('Contacts', {
					operation: 'getAll',
					returnAll: false,
					limit: 20,
					options: {},
					filters: { query: 'ada' },
				}),
			),
		);
		expect(store.valuesOf(ada.id)).toEqual({ 'GFE status': 'Completed' });
		expect(ada.tags).toEqual(['vip', 'gfe-completed']);
		expect(store.notesOf(ada.id)).toEqual(['GFE g1: completed']);
		expect(store.tasks).toMatchObject([{ contactId: ada.id, completed: false }]);
		expect(itemsOf(execution, 'Contacts')[0]?.json).toMatchObject({ id: ada.id });
	});

	it('updates plain fields and replaces tags with the node; custom fields fail (n8n issue 13359)', async () => {
		const { store } = world.services.highLevel;
		const ada = store.addContact({ email: 'ada@example.com', tags: ['vip'] });
		const status = store.defineField('GFE status');
		const update = (updateFields: object) =>
			contact('Update', { operation: 'update', contactId: ada.id, updateFields });
		done(await world.run({}, update({ firstName: 'Ada', tags: 'gfe-completed' })));
		expect([ada.firstName, ada.tags]).toEqual(['Ada', ['gfe-completed']]);
		const values = [{ fieldId: byId(status.id), fieldValue: 'Completed' }];
		const refused = await world.run({}, update({ customFields: { values } }));
		refusedWith(refused, 422);
		expect(store.valuesOf(ada.id)).toEqual({});
	});

	it('cannot get more contacts than one page with Return All (n8n issue 11353)', async () => {
		const { store } = world.services.highLevel;
		for (let n = 0; n < 101; n += 1) store.addContact({ email: `p${n}@example.com` });
		const all = contact('All', { operation: 'getAll', returnAll: true, options: {}, filters: {} });
		refusedWith(await world.run({}, all), 403);
	});

	it('refreshes a token that ran out', async () => {
		const ada = world.services.highLevel.store.addContact({ email: 'ada@example.com' });
		world.services.highLevel.expireTokens();
		done(await world.run({}, contact('Get', { operation: 'get', contactId: ada.id })));
	});
});

it('Slack: posts to a channel by name; a channel that is not there fails', async () => {
	const credentials = await world.connect(world.services.slack.credential());
	world.services.slack.addChannel('front-desk');
	const post = (channel: string) =>
		node(
			'Post',
			'n8n-nodes-base.slack',
			{
				authentication: 'accessToken',
				resource: 'message',
				operation: 'post',
				select: 'channel',
				channelId: byName(channel),
				messageType: 'text',
				text: '=GFE {{ $json.gfe_id }}: denied',
				otherOptions: { includeLinkToWorkflow: false },
			},
			{ typeVersion: 2.7, credentials },
		);
	done(await world.run({ gfe_id: 'g1' }, post('#front-desk')));
	expect(world.services.slack.textsIn('front-desk')).toEqual(['GFE g1: denied']);
	expect(failureOf(await world.run({ gfe_id: 'g1' }, post('#nowhere')))).toContain(
		'channel_not_found',
	);
});

it('Twilio: sends a text; a number that is none fails', async () => {
	const credentials = await world.connect(world.services.twilio.credential());
	const text = node(
		'Text',
		'n8n-nodes-base.twilio',
		{
			resource: 'sms',
			operation: 'send',
			from: '+15005550006',
			to: '={{ $json.phone }}',
			toWhatsapp: false,
			message: 'Your exam is waiting',
			options: {},
		},
		{ credentials },
	);
	done(await world.run({ phone: '+12025550187' }, text));
	expect(world.services.twilio.textsTo('+12025550187')).toEqual(['Your exam is waiting']);
	refusedWith(await world.run({ phone: '555-0187' }, text), 400);
});

it('Calendly: the trigger subscribes, takes a signed booking, refuses a forged one, unsubscribes', async () => {
	const { calendly } = world.services;
	const credentials = await world.connect(calendly.credential());
	const trigger = node(
		'Booking',
		'n8n-nodes-base.calendlyTrigger',
		{ authentication: 'oAuth2', scope: 'user', events: ['invitee.created'] },
		{ typeVersion: 2, credentials, webhookId: randomUUID() },
	);
	const nodes = [trigger, node('After', 'n8n-nodes-base.noOp', {})];
	const { client } = world.n8n;
	const name = `Calendly ${randomUUID()}`;
	const { id } = await client.createWorkflow({ name, nodes, connections: connected(nodes) });
	await client.publish(id);
	expect([...calendly.subscriptions.values()]).toMatchObject([{ events: ['invitee.created'] }]);
	const booking = {
		email: 'ada@example.com',
		firstName: 'Ada',
		lastName: 'Abbott',
		start: `${FAR_DAY}T15:00:00Z`,
		end: `${FAR_DAY}T15:30:00Z`,
		eventName: 'Botox',
		answers: { 'Date of birth': '1990-01-02' },
	};
	const { statuses, invitee } = await calendly.book(booking);
	expect(statuses).toEqual([200]);
	const forged = [
		{ key: 'guessed' },
		{ unsigned: true },
		{ at: Math.floor(Date.now() / 1000) - 3600 },
	];
	for (const forge of forged) {
		expect(await calendly.deliver('invitee.created', invitee, forge)).toEqual([401]);
	}
	const executions = await client.waitForExecution(id);
	expect(executions).toHaveLength(1);
	expect(itemsOf(done(executions[0]!), 'Booking')[0]?.json).toMatchObject({
		event: 'invitee.created',
		payload: { questions_and_answers: [{ answer: '1990-01-02' }] },
	});
	await client.unpublish(id);
	expect(calendly.subscriptions.size).toBe(0);
});
