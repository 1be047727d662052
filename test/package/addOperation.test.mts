import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { INodePropertyOptions } from 'n8n-workflow';
import { projectRoot } from '../../sandbox/n8n/paths.mts';
import { runCommand } from '../../scripts/verify/command.mts';
import { loadNodes } from '../../scripts/verify/loaded.mts';
import { readSubject } from '../../scripts/verify/subject.mts';
import { copyOfCheckout } from './support/checkout.mts';
import { STEPS } from './support/newOperation.mts';

jest.setTimeout(600_000);

let folder: string;
beforeAll(async () => {
	folder = await copyOfCheckout();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a command of the copy as a contributor would. @throws Error with its output */
const command = async (name: string, ...args: string[]): Promise<void> => {
	// The settings of the Jest that runs us are not those of a terminal.
	const env = { ...process.env, NODE_ENV: undefined, JEST_WORKER_ID: undefined };
	const bin = join(folder, 'node_modules/.bin', name);
	const { code, output } = await runCommand(bin, args, folder, env);
	if (code !== 0) throw new Error(`${name} ${args.join(' ')}:\n${output}`);
};

it('follows what CONTRIBUTING.md says', async () => {
	const text = await readFile(join(projectRoot, 'CONTRIBUTING.md'), 'utf8');
	const section = text.split(/^## /m).find((one) => one.startsWith('Add an operation')) ?? '';
	const steps = [...section.matchAll(/^\d\. \*\*(.+?)\*\*/gm)].map((match) => match[1]);
	expect(steps).toEqual(STEPS.map(({ title }) => title));
});

it('a new operation takes four steps: then it is built, shown, answered and documented', async () => {
	for (const { take } of STEPS) await take(folder);
	await command('n8n-node', 'build');
	await command('jest', '--selectProjects=node', '--testPathPatterns=getLocation');
	await command('tsx', 'scripts/docs.mts');

	const [action] = loadNodes(await readSubject(folder, folder, 0));
	const operations = action!.type.description.properties
		.filter(({ name, displayOptions }) => {
			const resources: unknown[] = displayOptions?.show?.resource ?? [];
			return name === 'operation' && resources.includes('location');
		})
		.flatMap(({ options }) => options as INodePropertyOptions[]);
	expect(operations).toContainEqual(
		expect.objectContaining({ name: 'Get', value: 'get', action: 'Get a location' }),
	);
	const read = (path: string) => readFile(join(folder, path), 'utf8');
	expect(await read('README.md')).toMatch(/\| Location +\| Get +\| EMR +\| Retrieve a location/);
	const section = (await read('docs/operations.md')).split('### Location: Get')[1] ?? '';
	expect(section).toMatch(
		/Output:\s+```json\s+\{\s+"location_id": "loc_uptown",\s+"open": true\s+\}/,
	);
	const schema = await read('nodes/Spakinect/__schema__/v1.0.0/location/get.json');
	expect(JSON.parse(schema)).toMatchObject({ properties: { open: { type: 'boolean' } } });
});
