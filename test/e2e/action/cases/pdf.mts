import axios from 'axios';
import type { ActionWorld } from '../../support/action.mts';
import { fromItem } from '../../support/actionData.mts';
import { runAction, type Json } from '../../support/actionRun.mts';

interface StoredFile {
	id?: string;
	/** Base64, in n8n's in-memory mode only. */
	data: string;
	fileName: string;
	mimeType: string;
}

const PARAMETERS: Json = {
	resource: 'gfe',
	operation: 'downloadPdf',
	binaryPropertyName: 'exam',
	...fromItem('gfeId'),
};
const ITEMS = [
	{ tag: 'a', gfeId: 'gfe-done' },
	{ tag: 'b', gfeId: 'gfe-done' },
];

/** The bytes as text, one character each, without the dates: the simulator makes each PDF when asked. */
const undated = (pdf: Buffer): string => pdf.toString('latin1').replace(/\(D:\d+Z\)/g, '');

/** The PDF as the simulator gives it to a browser. */
const originalPdf = async (world: ActionWorld): Promise<Buffer> => {
	const visit = await axios.get<{ data: { pdf_link: string } }>(
		`${world.simulator.emrUrl}/visits/gfe-done`,
		{ proxy: false, headers: { 'x-api-key': 'emr-test-key' } },
	);
	const pdf = await axios.get<ArrayBuffer>(visit.data.data.pdf_link, {
		proxy: false,
		responseType: 'arraybuffer',
	});
	return Buffer.from(pdf.data);
};

/** @param inMemory true where n8n keeps files as base64 in the item itself */
export const describePdf = (world: () => ActionWorld, inMemory: boolean): void => {
	const bytesOf = async (file: StoredFile): Promise<Buffer> => {
		expect(file).toMatchObject({ fileName: 'gfe-gfe-done.pdf', mimeType: 'application/pdf' });
		if (inMemory) {
			expect(file.id).toBeUndefined();
			return Buffer.from(file.data, 'base64');
		}
		expect(file.id).toMatch(/^filesystem/);
		return await world().client.file(file.id!);
	};

	const check = async (files: StoredFile[]) => {
		expect(files).toHaveLength(ITEMS.length);
		const original = await originalPdf(world());
		for (const file of files) {
			expect(undated(await bytesOf(file))).toBe(undated(original));
		}
		expect(original.subarray(0, 5).toString()).toBe('%PDF-');
		expect(await world().control.leaks()).toEqual([]);
	};

	const keys: Array<'emr' | 'client'> = inMemory ? ['emr'] : ['emr', 'client'];
	it.each(keys)('downloads the PDF byte for byte with the %s key', async (key) => {
		const result = await runAction(world(), { key, parameters: PARAMETERS, items: ITEMS });
		const size = (await originalPdf(world())).length;
		const json = { gfe_id: 'gfe-done', file_name: 'gfe-gfe-done.pdf', file_size: size };
		expect(result.json).toEqual([json, json]);
		expect(result.pairs).toEqual(['a', 'b']);
		await check(result.items.map(({ binary }) => binary?.exam as unknown as StoredFile));
	});

	/** An expression in the credential's `authenticate` would fail here: n8n 2 cannot evaluate it. */
	it('works in a workflow that keeps files in the json (binaryMode)', async () => {
		const run = { parameters: PARAMETERS, items: ITEMS };
		const workflowSettings = { binaryMode: 'combined' };
		const { items } = await runAction(world(), { ...run, workflowSettings });
		const files = items.map(({ json, binary }) => (inMemory ? binary : json._files));
		await check((files as Array<{ exam: StoredFile }>).map(({ exam }) => exam));
	});

	it('stores nothing when the storage host sends anything else', async () => {
		await world().control.faults({
			match: { api: 'files' },
			kind: 'status',
			status: 200,
			body: '<?xml version="1.0"?><Error><Code>ExpiredToken</Code></Error>',
		});
		const settings = { onError: 'continueRegularOutput' };
		const result = await runAction(world(), { parameters: PARAMETERS, items: ITEMS, settings });
		expect(result.json.map(({ error }) => error)).toEqual([
			expect.stringMatching(/not a PDF/),
			expect.stringMatching(/not a PDF/),
		]);
		expect(result.items.every(({ binary }) => binary === undefined)).toBe(true);
	});
};
