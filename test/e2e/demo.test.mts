import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Control } from '../../sandbox/demo/control.mts';
import { startSession } from '../../sandbox/demo/session.mts';
import { playStory } from '../../sandbox/demo/story.mts';
import { runTask } from './support/command.mts';
import { BOOT_MS } from './support/world.mts';

jest.setTimeout(BOOT_MS);

let output: string;
beforeEach(async () => {
	output = await mkdtemp(join(tmpdir(), 'spakinect-demo-'));
});
afterEach(() => rm(output, { recursive: true, force: true }));

describe('npm run demo', () => {
	it('books a GFE, completes it, and leaves the row, the PDF and the CRM update', async () => {
		const demo = runTask('demo', ['--output', output]);
		const code = await demo.ended;
		const text = demo.output();
		expect({ code, text: code === 0 ? '' : text }).toEqual({ code: 0, text: '' });

		const id = /GFE created: (\S+)/.exec(text)?.[1] ?? 'none';
		const [header, row, ...more] = (await readFile(join(output, 'gfes.csv'), 'utf8'))
			.trimEnd()
			.split('\n');
		expect(header).toMatch(/^"gfe_id","patient",/);
		expect(row).toMatch(
			new RegExp(`^"${id}","Ada Example","Completed","false","Botox","Dermal Filler","","","20`),
		);
		expect(more).toEqual([]);

		expect((await readdir(output)).sort()).toEqual([`gfe-${id}.pdf`, 'gfes.csv']);
		const pdf = await readFile(join(output, `gfe-${id}.pdf`));
		expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
		expect(pdf.length).toBeGreaterThan(500);

		expect(text).toContain(row);
		expect(text).toContain(`gfe-${id}.pdf (${pdf.length} bytes)`);
		expect(text).toContain(
			`CRM update: ${JSON.stringify({ gfe_id: id, status: 'Completed', all_approved: false })}`,
		);
		expect(text).not.toMatch(/emr-test-key/);
	});
});

describe('the demo when something fails', () => {
	it('names the step, the node and its error', async () => {
		const session = await startSession({ output, newSheet: true, log: () => undefined });
		const control = new Control(session.simulator.controlUrl);
		try {
			const match = { api: 'emr', method: 'GET', path: '/visits/' } as const;
			await control.setFaults([{ match, kind: 'status', status: 403 }]);
			await expect(playStory(session, () => undefined)).rejects.toThrow(
				/^run the result workflow: node "Download the PDF": .{10,}/,
			);
			await control.setFaults([
				{ match: { api: 'emr', method: 'POST' }, kind: 'status', status: 403 },
			]);
			await expect(playStory(session, () => undefined)).rejects.toThrow(
				/^book a GFE: n8n answered 500; node "Request a GFE": .{10,}/,
			);
		} finally {
			await session.stop();
		}
	});
});
