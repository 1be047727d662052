import { FOLDER } from '../../../sandbox/services/google/drive/store.mts';
import { personTokens, serviceToken } from '../google.mts';
import { at, startBench, type Bench, type Reply, type Sending } from '../support.mts';

let bench: Bench;
let robot: string;
let person: string;
beforeAll(async () => {
	bench = await startBench();
	robot = await serviceToken(bench);
	person = (await personTokens(bench)).access;
});
beforeEach(() => {
	bench.reset();
	bench.drive.store.addSharedDrive('Charts', 'charts');
	bench.drive.store.addFolder('Mine', { id: 'mine' });
	bench.drive.store.addFolder('Shared with the robot', { id: 'shared', shared: true });
});
afterAll(() => bench.stop());

const FILES = 'https://www.googleapis.com/drive/v3/files';
const UPLOAD = 'https://www.googleapis.com/upload/drive/v3/files';
const ALL = 'supportsAllDrives=true';

const multipart = (metadata: string, type = 'application/json'): Sending => ({
	headers: { 'content-type': 'multipart/related; boundary=cut' },
	bytes: Buffer.concat([
		Buffer.from(`--cut\r\nContent-Type: ${type}\r\n\r\n${metadata}\r\n`),
		Buffer.from('--cut\r\nContent-Type: application/pdf\r\n\r\n'),
		Buffer.from([0x25, 0x50, 0x0d, 0x0a, 0xff, 0x00]),
		Buffer.from('\r\n--cut--\r\n'),
	]),
});
const upload = (parent: string, token = robot, query = ALL): Promise<Reply> =>
	bench.send('POST', `${UPLOAD}?uploadType=multipart&${query}`, {
		token,
		...multipart(JSON.stringify({ name: 'gfe-1.pdf', parents: [parent] })),
	});
const reason = (reply: Reply) => at(reply, 'error', 'errors', 0, 'reason');

test('a file comes in two parts into a shared drive, byte by byte', async () => {
	const reply = await upload('charts');
	expect(reply.data).toEqual({
		kind: 'drive#file',
		id: expect.any(String),
		name: 'gfe-1.pdf',
		mimeType: 'application/pdf',
	});
	const file = bench.drive.store.files.get(String(at(reply, 'id')));
	expect(file?.content).toEqual(Buffer.from([0x25, 0x50, 0x0d, 0x0a, 0xff, 0x00]));
	expect(bench.drive.store.namesIn('charts')).toEqual(['gfe-1.pdf']);
});

test('a file comes in chunks', async () => {
	const start = await bench.send('POST', `${UPLOAD}?uploadType=resumable&${ALL}`, {
		token: robot,
		json: { name: 'big.pdf', parents: ['charts'] },
		headers: { 'x-upload-content-type': 'application/pdf' },
	});
	const [first, second] = [Buffer.alloc(256 * 1024, 1), Buffer.alloc(10, 2)];
	const total = first.length + second.length;
	const put = (bytes: Buffer, from: number) =>
		bench.send('PUT', String(start.headers.location), {
			bytes,
			headers: { 'content-range': `bytes ${from}-${from + bytes.length - 1}/${total}` },
		});
	expect((await put(first, 0)).status).toBe(308);
	expect((await put(first, 0)).status).toBe(400);
	const { status, data } = await put(second, first.length);
	expect([status, (data as { mimeType: string }).mimeType]).toEqual([200, 'application/pdf']);
	const [file] = [...bench.drive.store.files.values()].slice(-1);
	expect(file?.content?.length).toBe(total);
});

test('folders are made, files are renamed and found, page by page', async () => {
	const folder = { name: 'July', mimeType: FOLDER, parents: ['charts'] };
	const made = await bench.send('POST', `${FILES}?${ALL}&fields=*`, { token: robot, json: folder });
	expect(made.data).toMatchObject({ ...folder, driveId: 'charts', trashed: false });
	const id = String(at(made, 'id'));
	const file = String(at(await upload(id), 'id'));
	await upload(id);
	const patch = { name: 'gfe-2.pdf', properties: { gfe_id: 'g2' } };
	await bench.send('PATCH', `${FILES}/${file}?${ALL}&addParents=${id}`, {
		token: robot,
		json: patch,
	});
	expect(bench.drive.store.files.get(file)?.properties).toEqual({ gfe_id: 'g2' });
	const find = (q: string, more = '') => {
		const query = new URLSearchParams({ q, fields: 'nextPageToken, files(id, name)' });
		const all = '&includeItemsFromAllDrives=true&supportsAllDrives=true';
		return bench.send('GET', `${FILES}?${query.toString()}${all}${more}`, { token: robot });
	};
	expect((await find("name contains 'gfe-2' and trashed = false")).data).toEqual({
		files: [{ id: file, name: 'gfe-2.pdf' }],
	});
	const pdfs = `'${id}' in parents and (mimeType = 'application/pdf' or mimeType = 'x')`;
	const page = await find(pdfs, '&pageSize=1');
	const token = String(at(page, 'nextPageToken'));
	expect(at(await find(pdfs, `&pageSize=1&pageToken=${token}`), 'files')).toHaveLength(1);
	expect(at(await find(`mimeType != '${FOLDER}'`), 'files')).toHaveLength(2);
	expect(at(await find("name = 'gfe-1'"), 'files')).toHaveLength(0);
});

test('a person has storage of their own, a service account has none', async () => {
	expect((await upload('mine', person)).status).toBe(200);
	for (const parent of ['shared', 'root']) {
		const reply = await upload(parent);
		expect([reply.status, reason(reply)]).toEqual([403, 'storageQuotaExceeded']);
	}
	expect(bench.drive.store.namesIn('shared')).toEqual([]);
});

const get = (url: string, token = robot) => bench.send('GET', url, { token });
test.each<[string, () => Promise<Reply>, number, string]>([
	['an unknown folder', () => upload('nowhere'), 404, 'notFound'],
	['a folder that is not shared', () => upload('mine'), 404, 'notFound'],
	['a shared drive without supportsAllDrives', () => upload('charts', robot, ''), 404, 'notFound'],
	['an unknown file', () => get(`${FILES}/nothing`), 404, 'notFound'],
	['no kind of upload', () => bench.send('POST', UPLOAD, { token: robot }), 400, 'invalid'],
	[
		'a body that is not multipart',
		() => bench.send('POST', `${UPLOAD}?uploadType=multipart`, { token: robot, json: {} }),
		400,
		'badContent',
	],
	[
		'metadata that are not JSON',
		() =>
			bench.send('POST', `${UPLOAD}?uploadType=multipart`, {
				token: robot,
				...multipart('{', 'application/json'),
			}),
		400,
		'badContent',
	],
	[
		'metadata without a type',
		() =>
			bench.send('POST', `${UPLOAD}?uploadType=multipart`, {
				token: robot,
				...multipart('{}', 'text/plain'),
			}),
		400,
		'badContent',
	],
	[
		'two parents',
		() =>
			bench.send('POST', FILES, {
				token: person,
				json: { name: 'x', parents: ['mine', 'shared'] },
			}),
		400,
		'invalid',
	],
	[
		'a query that is none',
		() => get(`${FILES}?q=${encodeURIComponent("name is 'x'")}`),
		400,
		'invalid',
	],
	['a page of 0', () => get(`${FILES}?pageSize=0`), 400, 'invalid'],
	['a mask that is none', () => get(`${FILES}/charts?${ALL}&fields=id(`), 400, 'invalidParameter'],
	[
		'an unknown upload',
		() => bench.send('PUT', `${UPLOAD}?upload_id=x`, { bytes: Buffer.from('x') }),
		404,
		'notFound',
	],
	['no token', () => bench.send('GET', FILES), 401, 'authError'],
	['a guessed token', () => get(FILES, 'ya29.guessed'), 401, 'authError'],
])('%s is refused', async (_, send, status, why) => {
	const before = bench.drive.store.files.size;
	const reply = await send();
	expect([reply.status, at(reply, 'error', 'code'), reason(reply)]).toEqual([status, status, why]);
	expect(bench.drive.store.files.size).toBe(before);
});

test('a token for sheets only is refused', async () => {
	const scope = 'https://www.googleapis.com/auth/spreadsheets';
	const reply = await get(FILES, await serviceToken(bench, { scope }));
	expect([reply.status, reason(reply)]).toEqual([403, 'insufficientPermissions']);
});

test('faults: too many requests, token taken back, down', async () => {
	bench.drive.fail('limited', { times: 1 });
	expect(reason(await upload('charts'))).toBe('rateLimitExceeded');
	expect((await upload('charts')).status).toBe(200);
	bench.drive.fail('revoked', { times: 1 });
	expect(reason(await upload('charts'))).toBe('authError');
	bench.drive.fail('down', { times: 1 });
	expect((await upload('charts')).status).toBe(503);
});
