import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadOutputSchema, resolveOutputSchemaPath } from 'n8n-core';
import { RESOURCES } from '../../nodes/Spakinect/actions/registry';
import { schemaOf } from '../../scripts/docs/schema.mts';
import { root } from './markdown.mts';

const operations = RESOURCES.flatMap((resource) =>
	resource.operations.map((operation) => [resource.value, operation.value]),
);

const checkDocs = (): Promise<{ code: number | null; output: string }> =>
	new Promise((resolve, reject) => {
		const tsx = join(root, 'node_modules/.bin/tsx');
		const env = { ...process.env, NODE_OPTIONS: '' };
		const child = spawn(tsx, ['scripts/docs.mts', '--check'], { cwd: root, env });
		let output = '';
		for (const stream of [child.stdout, child.stderr]) {
			stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
		}
		child.once('error', reject);
		child.once('close', (code) => resolve({ code, output }));
	});

it('operations.md, the README and the schemas are what real runs give', async () => {
	const { code, output } = await checkDocs();
	expect({ code, output }).toEqual({
		code: 0,
		output: expect.stringContaining('The generated documents are up to date.'),
	});
}, 60_000);

it.each(operations)('n8n finds the output schema of %s: %s', (resource, operation) => {
	const nodeDir = join(root, 'nodes/Spakinect');
	const reference = { nodeDir, version: 1, resource, operation };
	const path = resolveOutputSchemaPath(reference);
	expect(path).toBe(join(nodeDir, '__schema__/v1.0.0', resource!, `${operation}.json`));
	expect(existsSync(path!)).toBe(true);
	expect(loadOutputSchema(reference)).toMatchObject({
		type: 'object',
		properties: expect.any(Object),
	});
});

it('a schema holds what differs between samples', () => {
	const values = [
		{ id: 'a', date: null, list: [], at: 1 },
		{ id: 'b', date: '2026', list: [{ x: true }], extra: 1.5 },
	];
	expect(schemaOf(values)).toEqual({
		type: 'object',
		properties: {
			id: { type: 'string' },
			date: { type: ['string', 'null'] },
			list: { type: 'array', items: { type: 'object', properties: { x: { type: 'boolean' } } } },
			at: { type: 'integer' },
			extra: { type: 'number' },
		},
	});
});
