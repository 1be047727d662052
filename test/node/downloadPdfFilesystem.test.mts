import './support/filesystemMode.mts';
import { fileOf, hasFile } from './support/pdf.mts';
import { succeeded, useSimulator } from './support/world.mts';

const world = useSimulator();

it('streams into the storage of the filesystem mode', async () => {
	const items = ['v1', 'v2', 'v3'].map((gfeId) => ({ gfeId }));
	await world.control.add(...items.map(({ gfeId }) => ({ gfe_id: gfeId, status: 'Completed' })));
	await world.control.settings({ pdfBytes: 2_000_000 });
	const result = await world.run(
		'emr',
		'gfe',
		'downloadPdf',
		{ gfeId: '={{ $json.gfeId }}' },
		{ items },
	);
	for (const [index, json] of succeeded(result).entries()) {
		const { meta, bytes } = await fileOf(result, index);
		expect(json).toEqual({
			gfe_id: items[index]?.gfeId,
			file_name: `gfe-${items[index]?.gfeId}.pdf`,
			file_size: bytes.length,
		});
		expect(meta.id).toMatch(/^filesystem/);
		expect(meta.fileName).toBe(json.file_name);
		expect(bytes.length).toBeGreaterThanOrEqual(2_000_000);
		expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
	}
	expect(await world.control.leaks()).toEqual([]);
});

it.each([
	[{ kind: 'truncated' } as const, 2_000_000, /cut off/],
	// So short that it breaks off before n8n reads: nobody would listen to the stream's error.
	[{ kind: 'truncated' } as const, 0, /cut off/],
	[{ kind: 'status', status: 200, body: '<Error/>' } as const, 0, /is not a PDF/],
])(
	'stores nothing of %j with %i bytes',
	async (fault, pdfBytes, message) => {
		await world.control.add({ gfe_id: 'v1', status: 'Completed' });
		await world.control.settings({ pdfBytes });
		await world.control.faults({ match: { api: 'files' }, ...fault });
		const result = await world.run('emr', 'gfe', 'downloadPdf', { gfeId: 'v1' });
		expect(result.error?.message).toMatch(message);
		expect(hasFile(result)).toBe(false);
	},
	20_000,
);
