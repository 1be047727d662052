import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { changeFile } from './checkout.mts';

const OPERATION = `import { locationIdField } from '../fields';
import { EMR_ONLY } from '../operation';
import type { Operation } from '../operation';
import { requiredText } from '../parameters';

/** GET /locations/{id}. */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get a location',
	description: 'Retrieve a location by its ID',
	keys: EMR_ONLY,
	writes: false,
	fields: [locationIdField],
	async run(item) {
		const id = requiredText(item, 'locationId');
		return [{ json: await item.api.get(\`/locations/\${encodeURIComponent(id)}\`) }];
	},
};
`;

const PATH = `  /emr/locations/{location_id}:
    get:
      operationId: emr.getLocation
      tags: [emr]
      summary: One location.
      parameters:
        - { name: location_id, in: path, required: true, schema: { type: string } }
      responses:
        '200':
          description: The location.
          content: { application/json: { schema: { type: object } } }
        '401': { $ref: '#/components/responses/Error' }
        '403': { $ref: '#/components/responses/Error' }
        '404': { $ref: '#/components/responses/Error' }

`;

const HANDLER = `	'emr.getLocation': (call) => {
		const id = call.params.location_id ?? '';
		return denyLocation(call, id) ?? { status: 200, body: { location_id: id, open: true } };
	},
`;

const TEST = `import { succeeded, useSimulator } from './support/world.mts';

const world = useSimulator();
const get = (locationId: string) => world.run('emr', 'location', 'get', { locationId });

it('gets a location', async () => {
	expect(succeeded(await get('loc_uptown'))).toEqual([{ location_id: 'loc_uptown', open: true }]);
});
it('a location of somebody else is an error', async () => {
	expect((await get('loc_other_emr')).error?.httpCode).toBe('403');
});
`;

const CASE = `	...at('location', 'get', [{ title: 'One location', parameters: { locationId: 'loc_uptown' } }]),
`;

const SECTION = `### Location: Get

<!-- generated: location.get -->
<!-- end: location.get -->

`;

const insertBefore = (file: string, text: string, before: string) =>
	changeFile(file, before, text + before);

/** The four steps of CONTRIBUTING.md, "Add an operation", each with its changes in a checkout. */
export const STEPS: Array<{ title: string; take(folder: string): Promise<void> }> = [
	{
		title: 'One file',
		take: (folder) =>
			writeFile(join(folder, 'nodes/Spakinect/actions/location/get.operation.ts'), OPERATION),
	},
	{
		title: 'One line',
		take: async (folder) => {
			const registry = join(folder, 'nodes/Spakinect/actions/registry.ts');
			const subscribe = "import { subscribe } from './location/subscribe.operation';";
			const line = "import { get as getLocation } from './location/get.operation';\n";
			await insertBefore(registry, line, subscribe);
			await changeFile(registry, 'operations: [subscribe]', 'operations: [getLocation, subscribe]');
		},
	},
	{
		title: 'One simulator route',
		take: async (folder) => {
			await insertBefore(join(folder, 'sandbox/openapi.yaml'), PATH, '  /emr/subscriptions:\n');
			const handlers = join(folder, 'sandbox/simulator/operations.mts');
			await insertBefore(handlers, HANDLER, "\t'emr.subscribe': subscribe,\n");
		},
	},
	{
		title: 'One test',
		take: async (folder) => {
			await writeFile(join(folder, 'test/node/getLocation.test.mts'), TEST);
			await insertBefore(
				join(folder, 'scripts/docs/cases.mts'),
				CASE,
				"\t...at('treatment', 'getAll'",
			);
			const document = join(folder, 'docs/operations.md');
			await writeFile(document, `${await readFile(document, 'utf8')}\n${SECTION}`);
		},
	},
];
