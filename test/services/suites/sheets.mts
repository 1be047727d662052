import { SERVICE_ACCOUNT } from '../../../sandbox/services/google/account.mts';
import type { Spreadsheet } from '../../../sandbox/services/google/sheets/spreadsheet.mts';
import { serviceToken } from '../google.mts';
import { at, startBench, type Bench, type Reply } from '../support.mts';

let bench: Bench;
let token: string;
let book: Spreadsheet;
beforeAll(async () => {
	bench = await startBench();
	token = await serviceToken(bench);
});
beforeEach(() => {
	bench.reset();
	book = bench.sheets.create('book1', {
		Bookings: [
			['booking_id', 'patient', 'date'],
			['b1', 'Ada', ''],
			['b2', 'Bea', ''],
		],
	});
});
afterAll(() => bench.stop());

const ROOT = 'https://sheets.googleapis.com/v4/spreadsheets/book1';
const send = (method: string, path: string, json?: unknown, as = token): Promise<Reply> =>
	bench.send(method, ROOT + path, { token: as, ...(json !== undefined && { json }) });
const raw = 'valueInputOption=RAW';
const entered = 'valueInputOption=USER_ENTERED';

test('the tabs are given with the parts that were asked for', async () => {
	const { data } = await send('GET', '?fields=sheets.properties');
	const gridProperties = { rowCount: 1000, columnCount: 26 };
	const properties = { sheetId: 0, title: 'Bookings', index: 0, sheetType: 'GRID', gridProperties };
	expect(data).toEqual({ sheets: [{ properties }] });
	expect((await send('GET', '?fields=sheets(properties(title,sheetId))')).data).toEqual({
		sheets: [{ properties: { sheetId: 0, title: 'Bookings' } }],
	});
});

test('values are read by range, without empty ends, by rows or columns', async () => {
	const rows = [
		['booking_id', 'patient', 'date'],
		['b1', 'Ada'],
		['b2', 'Bea'],
	];
	for (const range of ['Bookings', "'Bookings'", 'bookings!A:Z', 'Bookings!A1:C', 'A1:Z1000']) {
		expect(at(await send('GET', `/values/${encodeURIComponent(range)}`), 'values')).toEqual(rows);
	}
	expect(at(await send('GET', '/values/Bookings!1:1'), 'values')).toEqual([rows[0]]);
	expect(at(await send('GET', '/values/Bookings!A2:A'), 'values')).toEqual([['b1'], ['b2']]);
	const columns = await send('GET', '/values/Bookings!A2:B?majorDimension=COLUMNS');
	expect(columns.data).toMatchObject({
		majorDimension: 'COLUMNS',
		values: [
			['b1', 'b2'],
			['Ada', 'Bea'],
		],
	});
	expect(at(await send('GET', '/values/Bookings!A9:B9'), 'values')).toBeUndefined();
});

test('rows are written, added after the last, changed by cell, cleared', async () => {
	const put = await send('PUT', `/values/Bookings!4:4?${raw}`, {
		range: 'Bookings!4:4',
		values: [['b3', 'Cleo']],
	});
	expect(put.data).toMatchObject({
		updatedRows: 1,
		updatedCells: 2,
		updatedRange: 'Bookings!A4:B4',
	});
	const added = await send('POST', `/values/Bookings:append?${raw}`, {
		values: [['b4', null, 'x']],
	});
	expect(at(added, 'updates', 'updatedRange')).toBe('Bookings!A5:C5');
	const data = [{ range: 'Bookings!B5', values: [['Dora']] }];
	await send('POST', '/values:batchUpdate', { valueInputOption: 'RAW', data });
	expect(book.records('Bookings').slice(2)).toEqual([
		{ booking_id: 'b3', patient: 'Cleo', date: '' },
		{ booking_id: 'b4', patient: 'Dora', date: 'x' },
	]);
	await send('POST', '/values/Bookings!A2:Z:clear', {});
	expect(book.records('Bookings')).toEqual([]);
});

test('rows and cells between are empty; an emptied last row is written again', async () => {
	const put = (range: string, row: unknown[]) =>
		send('PUT', `/values/${range}?${raw}`, { values: [row] });
	await put('Bookings!C6', ['x']);
	const { data } = await send('GET', '/values/Bookings!A3:C');
	expect(data).toMatchObject({ values: [['b2', 'Bea'], [], [], ['', '', 'x']] });
	const columns = await send('GET', '/values/Bookings!B3:C6?majorDimension=COLUMNS');
	expect(at(columns, 'values')).toEqual([['Bea'], ['', '', '', 'x']]);
	await put('Bookings!C6', ['']);
	const added = await send('POST', `/values/Bookings:append?${raw}`, { values: [['b3']] });
	expect(at(added, 'updates', 'updatedRange')).toBe('Bookings!A4');
});

test('what is entered is read as a person’s typing; what is raw is not', async () => {
	const values = [
		['+12025550187', '00123', '2026-05-01', '5/1/2026', 'TRUE', '=A1', "'007", 'text'],
	];
	await send('PUT', `/values/Bookings!A2:H2?${entered}`, { values });
	const read = async (query: string) =>
		at(await send('GET', `/values/Bookings!A2:H2?${query}`), 'values', 0);
	const shown = ['12025550187', '123', '2026-05-01', '5/1/2026', 'TRUE', '#NAME?', '007', 'text'];
	expect(await read('')).toEqual(shown);
	const plain = 'valueRenderOption=UNFORMATTED_VALUE';
	const unformatted = [12025550187, 123, 46143, 46143, true, '#NAME?', '007', 'text'];
	expect(await read(plain)).toEqual(unformatted);
	expect(await read(`${plain}&dateTimeRenderOption=FORMATTED_STRING`)).toEqual(
		unformatted.with(2, '2026-05-01').with(3, '5/1/2026'),
	);
	await send('PUT', `/values/Bookings!A2:H2?${raw}`, { values });
	expect(await read(plain)).toEqual(values[0]);
});

test('rows and tabs are added and taken away', async () => {
	const requests = [
		{ appendDimension: { sheetId: 0, dimension: 'ROWS', length: 2 } },
		{ addSheet: { properties: { title: 'Hold list' } } },
		{ deleteDimension: { range: { sheetId: '0', dimension: 'ROWS', startIndex: 1, endIndex: 2 } } },
	];
	const { data } = await send('POST', ':batchUpdate', { requests });
	expect(data).toMatchObject({
		replies: [{}, { addSheet: { properties: { sheetId: 1, title: 'Hold list' } } }, {}],
	});
	expect(book.sheet('Bookings')?.grid.rowCount).toBe(1001);
	expect(book.records('Bookings')).toEqual([{ booking_id: 'b2', patient: 'Bea', date: '' }]);
	expect(at(await send('GET', "/values/'Hold list'!A1"), 'range')).toBe("'Hold list'!A1");
});

const values = [['x']];
test.each<[string, string, string, unknown, number, string, RegExp]>([
	[
		'an unknown tab',
		'GET',
		'/values/Nobody!A1',
		undefined,
		400,
		'INVALID_ARGUMENT',
		/^Unable to parse range: Nobody!A1$/,
	],
	[
		'a range that is none',
		'GET',
		'/values/Bookings!A0:B',
		undefined,
		400,
		'INVALID_ARGUMENT',
		/Unable to parse range/,
	],
	[
		'no way of input',
		'PUT',
		'/values/Bookings!A1',
		{ values },
		400,
		'INVALID_ARGUMENT',
		/'valueInputOption' is required/,
	],
	[
		'an unknown way of input',
		'PUT',
		'/values/Bookings!A1?valueInputOption=TYPED',
		{ values },
		400,
		'INVALID_ARGUMENT',
		/valueInputOption/,
	],
	[
		'another range in the body',
		'PUT',
		`/values/Bookings!A1?${raw}`,
		{ range: 'Bookings!A2', values },
		400,
		'INVALID_ARGUMENT',
		/does not match/,
	],
	[
		'more columns than the range',
		'PUT',
		`/values/Bookings!A1?${raw}`,
		{ values: [['x', 'y']] },
		400,
		'INVALID_ARGUMENT',
		/tried writing to column \[B\]/,
	],
	[
		'more rows than the range',
		'PUT',
		`/values/Bookings!1:1?${raw}`,
		{ values: [['x'], ['y']] },
		400,
		'INVALID_ARGUMENT',
		/tried writing to row \[2\]/,
	],
	[
		'a row beyond the grid',
		'PUT',
		`/values/Bookings!1001:1001?${raw}`,
		{ values },
		400,
		'INVALID_ARGUMENT',
		/exceeds grid limits/,
	],
	[
		'an object as a value',
		'PUT',
		`/values/Bookings!A1?${raw}`,
		{ values: [[{ a: 1 }]] },
		400,
		'INVALID_ARGUMENT',
		/struct_value/,
	],
	[
		'values that are no rows',
		'PUT',
		`/values/Bookings!A1?${raw}`,
		{ values: ['x'] },
		400,
		'INVALID_ARGUMENT',
		/values/,
	],
	[
		'an unknown field',
		'PUT',
		`/values/Bookings!A1?${raw}`,
		{ value: 'x' },
		400,
		'INVALID_ARGUMENT',
		/Unknown name "value"/,
	],
	['no request', 'POST', ':batchUpdate', {}, 400, 'INVALID_ARGUMENT', /at least one request/],
	[
		'an unknown request',
		'POST',
		':batchUpdate',
		{ requests: [{ paintGrid: {} }] },
		400,
		'INVALID_ARGUMENT',
		/requests\[0\]/,
	],
	[
		'an unknown tab id',
		'POST',
		':batchUpdate',
		{ requests: [{ appendDimension: { sheetId: 7, dimension: 'ROWS', length: 1 } }] },
		400,
		'INVALID_ARGUMENT',
		/No grid with id: 7/,
	],
	[
		'a tab that exists',
		'POST',
		':batchUpdate',
		{ requests: [{ addSheet: { properties: { title: 'BOOKINGS' } } }] },
		400,
		'INVALID_ARGUMENT',
		/already exists/,
	],
	[
		'all rows to be deleted',
		'POST',
		':batchUpdate',
		{ requests: [{ deleteDimension: { range: { sheetId: 0, dimension: 'ROWS' } } }] },
		400,
		'INVALID_ARGUMENT',
		/delete all the rows/,
	],
	[
		'no data',
		'POST',
		'/values:batchUpdate',
		{ valueInputOption: 'RAW' },
		400,
		'INVALID_ARGUMENT',
		/data/,
	],
	[
		'an unknown way of reading',
		'GET',
		'/values/Bookings?valueRenderOption=NICE',
		undefined,
		400,
		'INVALID_ARGUMENT',
		/valueRenderOption/,
	],
	...['sheets(', 'sheets)', 'sheets properties', ','].map(
		(mask): [string, string, string, unknown, number, string, RegExp] => [
			`the mask "${mask}"`,
			'GET',
			`?fields=${encodeURIComponent(mask)}`,
			undefined,
			400,
			'INVALID_ARGUMENT',
			/invalid argument/,
		],
	),
])('%s is refused, and nothing is written', async (_, method, path, json, status, name, text) => {
	const before = book.rows('Bookings');
	const reply = await send(method, path, json);
	expect([reply.status, at(reply, 'error', 'code')]).toEqual([status, status]);
	expect(at(reply, 'error', 'status')).toBe(name);
	expect(at(reply, 'error', 'message')).toMatch(text);
	expect(book.rows('Bookings')).toEqual(before);
});

test('who may not, does not: no token, a bad one, no scope, not shared, only to read', async () => {
	const none = await bench.send('GET', ROOT);
	expect([none.status, at(none, 'error', 'status')]).toEqual([403, 'PERMISSION_DENIED']);
	const bad = await send('GET', '', undefined, 'ya29.guessed');
	expect([bad.status, at(bad, 'error', 'status')]).toEqual([401, 'UNAUTHENTICATED']);
	const scope = 'https://www.googleapis.com/auth/calendar';
	const narrow = await send('GET', '', undefined, await serviceToken(bench, { scope }));
	expect([narrow.status, at(narrow, 'error', 'details', 0, 'reason')]).toEqual([
		403,
		'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
	]);
	book.share(SERVICE_ACCOUNT, 'reader');
	expect((await send('GET', '/values/Bookings')).status).toBe(200);
	const write = await send('PUT', `/values/Bookings!A1?${raw}`, { values });
	expect(at(write, 'error', 'message')).toBe('The caller does not have permission');
	book.unshare(SERVICE_ACCOUNT);
	expect((await send('GET', '/values/Bookings')).status).toBe(403);
	bench.sheets.spreadsheets.delete('book1');
	const gone = await send('GET', '');
	expect([gone.status, at(gone, 'error', 'status')]).toEqual([404, 'NOT_FOUND']);
});

test('faults: over the quota for two requests, token taken back, down', async () => {
	bench.sheets.fail('limited', { times: 2, only: /^PUT/ });
	const write = () => send('PUT', `/values/Bookings!A2?${raw}`, { values });
	const replies = [await write(), await send('GET', ''), await write(), await write()];
	expect(replies.map(({ status }) => status)).toEqual([429, 200, 429, 200]);
	expect(at(replies[0]!, 'error', 'status')).toBe('RESOURCE_EXHAUSTED');
	expect(at(replies[0]!, 'error', 'details', 0, 'reason')).toBe('RATE_LIMIT_EXCEEDED');
	bench.sheets.fail('revoked');
	expect(at(await send('GET', ''), 'error', 'status')).toBe('UNAUTHENTICATED');
	bench.sheets.recover();
	bench.sheets.fail('down');
	expect((await send('GET', '')).status).toBe(503);
});

test('an unknown address is refused and noted, api.n8n.io is not found and no mistake', async () => {
	expect((await bench.send('GET', 'https://crm.example.com/x')).status).toBe(502);
	expect((await bench.send('GET', 'https://api.n8n.io/api/versions')).status).toBe(404);
	expect(bench.refused().map(({ call }) => call)).toEqual(['GET https://crm.example.com/x']);
	const plain = await bench.send('GET', 'https://sheets.googleapis.com/v5/x', { token });
	expect(plain.status).toBe(404);
});
