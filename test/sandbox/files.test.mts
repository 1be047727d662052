import axios from 'axios';
import { PDFDocument } from 'pdf-lib';
import { startBench, until, type Bench } from './support.mts';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(() => bench.close());
beforeEach(() => bench.control('POST', '/reset'));

const fetchFile = async (url: string, headers: Record<string, string> = {}) =>
	await axios.get<Buffer>(url, {
		headers,
		responseType: 'arraybuffer',
		validateStatus: () => true,
	});

async function completed(pdf: unknown = 'now'): Promise<string> {
	const { ids } = (await bench.control('POST', '/visits', { visits: [{}] })).data;
	await bench.control('POST', `/visits/${ids[0]}/complete`, { pdf });
	return ids[0];
}
const linkOf = async (id: string) => (await bench.emr('GET', `/visits/${id}`)).data.data.pdf_link;

test('the link is on another origin and gives a readable PDF', async () => {
	const link = await linkOf(await completed());
	expect(new URL(link).origin).toBe(bench.filesUrl);
	expect(bench.filesUrl).not.toBe(bench.apiUrl);
	const { status, headers, data } = await fetchFile(link);
	expect([status, headers['content-type']]).toEqual([200, 'application/pdf']);
	expect((await PDFDocument.load(data)).getPageCount()).toBe(1);
	expect((await bench.control('GET', '/leaks')).data).toEqual([]);
});

test('the PDF has at least the size asked for', async () => {
	await bench.control('PUT', '/settings', { pdfBytes: 300_000 });
	const { data } = await fetchFile(await linkOf(await completed()));
	expect(data.length).toBeGreaterThanOrEqual(300_000);
	expect(data.length).toBeLessThan(301_000);
	expect((await PDFDocument.load(data)).getPageCount()).toBe(1);
});

test('a name outside the built-in font does not break it', async () => {
	const id = await completed();
	await bench.control('PATCH', `/visits/${id}`, { patient_details: { name: 'Łucja 李' } });
	expect((await fetchFile(await linkOf(id))).status).toBe(200);
});

test('an expired link is a 400 in XML; a changed one is a 403', async () => {
	const id = await completed();
	expect((await fetchFile(await linkOf(id))).status).toBe(200);
	await bench.control('PUT', '/settings', { linkTtlMs: 20 });
	const link = await linkOf(id);
	await until(() => Date.now() > Number(new URL(link).searchParams.get('expires')));
	const expired = await fetchFile(link);
	expect(expired.status).toBe(400);
	expect(expired.headers['content-type']).toContain('application/xml');
	expect(expired.data.toString()).toContain('<Code>ExpiredToken</Code>');
	const longer = link.replace(/expires=\d+/, `expires=${Date.now() + 60_000}`);
	expect((await fetchFile(longer)).status).toBe(403);
	expect((await fetchFile(`${bench.filesUrl}/other`)).status).toBe(404);
});

test('each fetch of a list gives links that still work', async () => {
	await bench.control('PUT', '/settings', { linkTtlMs: 2000 });
	await completed();
	for (let n = 0; n < 8; n += 1) {
		const { data } = await bench.emr('GET', '/gfes/loc_downtown');
		expect((await fetchFile(data.gfes[0].pdf_link)).status).toBe(200);
		await new Promise((resolve) => setTimeout(resolve, 300));
	}
});

test('there is a link only once the PDF exists, in visits and in lists', async () => {
	const never = await completed('never');
	expect(await linkOf(never)).toBeUndefined();
	const later = await completed({ afterMs: 2000 });
	const listed = async () => {
		const { gfes } = (await bench.emr('GET', '/gfes/loc_downtown')).data;
		return gfes.find(({ gfe_id }: { gfe_id: string }) => gfe_id === later).pdf_link;
	};
	expect([await linkOf(later), await listed()]).toEqual([undefined, undefined]);
	await until(async () => (await linkOf(later)) !== undefined);
	expect(await listed()).toContain(later);
});

test('an API key or authorization sent to the files origin is recorded, without its value', async () => {
	const link = await linkOf(await completed());
	await fetchFile(link, { 'x-api-key': 'emr-test-key' });
	await fetchFile(`${bench.filesUrl}/elsewhere`, { authorization: 'Bearer x' });
	const { data } = await bench.control('GET', '/leaks');
	expect(data).toEqual([
		{ at: expect.any(String), path: new URL(link).pathname, headers: ['x-api-key'] },
		{ at: expect.any(String), path: '/elsewhere', headers: ['authorization'] },
	]);
	expect(JSON.stringify(data)).not.toContain('emr-test-key');
});
