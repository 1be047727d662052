import './support/memoryMode.mts';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INodeParameters } from 'n8n-workflow';
import { expectPrivate, PATIENT, QUOTING } from './support/patient.mts';
import { fileOf, hasFile } from './support/pdf.mts';
import { succeeded, useSimulator } from './support/world.mts';

const world = useSimulator();
const download = (gfeId: string, parameters: INodeParameters = {}, key: 'emr' | 'client' = 'emr') =>
	world.run(key, 'gfe', 'downloadPdf', { gfeId, ...parameters });
const patient_details = {
	first_name: PATIENT.firstName,
	last_name: PATIENT.lastName,
	email: PATIENT.email,
};
beforeEach(() => world.control.add({ gfe_id: 'v1', status: 'Completed', patient_details }));
afterEach(async () => expect(await world.control.leaks()).toEqual([]));

describe.each(['emr', 'client'] as const)('with the %s key', (key) => {
	it('stores the PDF under its name', async () => {
		const result = await download('v1', {}, key);
		const { meta, bytes } = await fileOf(result);
		expect(succeeded(result)).toEqual([
			{ gfe_id: 'v1', file_name: 'gfe-v1.pdf', file_size: bytes.length },
		]);
		expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
		expect(bytes.subarray(-6).toString()).toContain('%%EOF');
		expect(meta).toMatchObject({
			fileName: 'gfe-v1.pdf',
			mimeType: 'application/pdf',
			fileExtension: 'pdf',
		});
		expect(await world.control.sent()).toEqual([`GET /${key}/visits/v1`, 'GET /gfe/v1.pdf']);
	});
});

it('in memory, whole, also when it is large; in the field that was named', async () => {
	await world.control.settings({ pdfBytes: 3_000_000 });
	const result = await download('v1', { binaryPropertyName: 'gfe' });
	const { meta, bytes } = await fileOf(result, 0, 'gfe');
	expect(meta.id).toBeUndefined();
	expect(bytes.length).toBeGreaterThanOrEqual(3_000_000);
	expect(succeeded(result)[0]?.file_size).toBe(bytes.length);
});

it('makes a file name of any id', async () => {
	await world.control.add({ gfe_id: 'a b.c', status: 'Completed' });
	expect(succeeded(await download('a b.c'))[0]?.file_name).toBe('gfe-a_b_c.pdf');
});

it('asks for a fresh link, also for the same GFE twice', async () => {
	const items = [{}, {}];
	const result = await world.run('emr', 'gfe', 'downloadPdf', { gfeId: 'v1' }, { items });
	expect(succeeded(result)).toHaveLength(2);
	const sent = await world.control.sent();
	expect(sent.filter((line) => line === 'GET /emr/visits/v1')).toHaveLength(2);
});

describe('what is not a PDF never becomes one', () => {
	const refused = async (message: RegExp) => {
		const result = await download('v1');
		expect(result.error?.message).toMatch(message);
		expect(hasFile(result)).toBe(false);
		expectPrivate(result);
	};

	it('the XML of an expired link; one new link is tried', async () => {
		await world.control.settings({ linkTtlMs: 0 });
		await refused(/refused the link/);
		expect(await world.control.sent()).toHaveLength(4);
	});

	it('a link that expires once is replaced', async () => {
		await world.control.faults({
			match: { api: 'files' },
			kind: 'status',
			status: 400,
			body: '<Error/>',
			times: 1,
		});
		expect(succeeded(await download('v1'))).toHaveLength(1);
	});

	it.each([
		[
			{ kind: 'status', status: 200, body: '<?xml version="1.0"?><Error>Quillon</Error>' },
			/is not a PDF/,
		],
		[{ kind: 'status', status: 200, body: '%P' }, /is not a PDF/],
		[{ kind: 'html', status: 200 }, /is not a PDF/],
		[{ kind: 'empty' }, /is not a PDF/],
		[{ kind: 'status', status: 206, body: '%PDF-1.7 part' }, /did not send it \(206\)/],
		[{ kind: 'status', status: 503, body: QUOTING }, /did not send it \(503\)/],
		[{ kind: 'status', status: 403, body: QUOTING }, /refused the link/],
		[{ kind: 'truncated' }, /could not be reached, or the download was cut off/],
		[{ kind: 'drop_before' }, /could not be reached/],
	] as const)('%j', async (fault, message) => {
		await world.control.faults({ match: { api: 'files' }, ...fault });
		await refused(message);
		const downloads = (await world.control.sent()).filter((line) => line.startsWith('GET /gfe/'));
		expect(downloads).toHaveLength(message.source.includes('link') ? 2 : 1);
	});

	it('and neither does a file of more than 50 MB', async () => {
		await world.control.settings({ pdfBytes: 51 * 1024 * 1024 });
		await refused(/larger than 50 MB/);
	});
});

describe('links that are not to be trusted', () => {
	const linked = (pdf_link: string) =>
		world.control.faults({
			match: { path: '/visits' },
			kind: 'status',
			status: 200,
			body: { success: true, data: { gfe_id: 'v1', status: 'Completed', pdf_link } },
		});

	it.each([
		'http://storage.example/x',
		'http://127.0.0.1.storage.example/x',
		'data:application/pdf,%PDF-1.7',
		'file:///etc/hosts',
		'somewhere-else',
	])('%s is not fetched: the file would travel in clear', async (link) => {
		await linked(link);
		const result = await download('v1');
		expect(result.error?.message).toContain('not encrypted (https)');
		expect(result.stored).not.toContain(link);
	});

	it('a host that stalls does not hold the execution for ever', async () => {
		const timeout = AbortSignal.timeout.bind(AbortSignal);
		const spy = jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => timeout(ms / 200));
		const stalling = createServer((_, response) => {
			response.writeHead(200, { 'content-type': 'application/pdf' });
			response.write('%PDF-1.7 and then nothing');
		});
		await new Promise<void>((resolve) => stalling.listen(0, '127.0.0.1', resolve));
		await linked(`http://127.0.0.1:${(stalling.address() as AddressInfo).port}/x`);
		expect((await download('v1')).error?.message).toContain('cut off');
		spy.mockRestore();
		stalling.closeAllConnections();
		stalling.close();
	});
});

describe('a redirect of the storage host', () => {
	const redirectTo = (location: string) =>
		world.control.faults({ match: { api: 'files' }, kind: 'redirect', location });

	it('is followed without a key', async () => {
		const headers: unknown[] = [];
		const other = createServer((request, response) => {
			headers.push(request.headers);
			response.end('%PDF-1.7 moved');
		});
		await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
		await redirectTo(`http://127.0.0.1:${(other.address() as AddressInfo).port}/x`);
		expect((await fileOf(await download('v1'))).bytes.toString()).toBe('%PDF-1.7 moved');
		expect(headers).toHaveLength(1);
		expect(JSON.stringify(headers)).not.toMatch(/x-api-key|authorization|test-key/);
		other.close();
	});

	it.each(['http://storage.example/x', 'ftp://storage.example/x', 'file:///etc/hosts'])(
		'to %s is not: the file would travel unencrypted',
		async (location) => {
			await redirectTo(location);
			const result = await download('v1');
			expect(result.error?.message).toContain('not encrypted (https)');
			expect(hasFile(result)).toBe(false);
		},
	);

	it('in a circle ends', async () => {
		await redirectTo(`${world.sim.filesUrl}/again`);
		expect((await download('v1')).error?.message).toMatch(/could not be reached/);
		expect((await world.control.sent()).length).toBeLessThan(10);
	});
});

it('downloads keep to the number of parallel requests', async () => {
	await world.control.faults({ match: { api: 'files' }, kind: 'delay', delayMs: 30 });
	const items = Array.from({ length: 30 }, () => ({}));
	const parameters = { gfeId: 'v1', options: { maxParallelRequests: 3 } };
	const result = await world.run('emr', 'gfe', 'downloadPdf', parameters, { items });
	expect(succeeded(result)).toHaveLength(30);
	expect((await world.control.stats()).maxInFlight).toBeLessThanOrEqual(3);
});

describe('a PDF that lags behind Completed', () => {
	const wait = (waitSeconds: number) => download('lag', { options: { waitSeconds } });

	it('is waited for', async () => {
		await world.control.add({ gfe_id: 'lag', status: 'Completed', pdf: { afterMs: 1_800 } });
		expect(succeeded(await wait(10))).toHaveLength(1);
		const looks = (await world.control.sent()).filter((line) => line.endsWith('visits/lag'));
		expect(looks.length).toBeGreaterThan(1);
	});

	it.each([
		[0, 1],
		[1, 2],
	])('no longer than %i s', async (seconds, asked) => {
		await world.control.add({ gfe_id: 'lag', status: 'Completed', pdf: 'never' });
		const result = await wait(seconds);
		expect(result.error?.message).toMatch(/isn't ready yet/);
		expect(result.error?.description).toContain("'Wait for PDF (Seconds)'");
		expect(await world.control.sent()).toHaveLength(asked);
		expectPrivate(result);
	});

	it('is not waited for where there will be none', async () => {
		await world.control.add({ gfe_id: 'lag' });
		const result = await wait(60);
		expect(result.error?.message).toMatch(/has no PDF: its status is Processing/);
		expect(await world.control.sent()).toHaveLength(1);
	});

	it.each([-1, 601, 'long'])('waitSeconds %j is refused', async (seconds) => {
		const waitSeconds = `={{ ${JSON.stringify(seconds)} }}`;
		const { error } = await download('v1', { options: { waitSeconds } });
		expect(error?.message).toContain("'Wait for PDF (Seconds)'");
	});
});
