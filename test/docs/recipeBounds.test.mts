import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brokenBounds } from '../../scripts/recipes/bounds.mts';
import { countRecipe } from '../../scripts/recipes/count.mts';
import { countRecipes } from '../../scripts/recipes/files.mts';
import { recipesTable } from '../../scripts/recipes/table.mts';

type Value = string | Record<string, unknown>;

const node = (type: string, value: Value = 'a', name = type) => ({
	name,
	type: `n8n-nodes-base.${type}`,
	parameters: { value },
});
const nodes = (count: number, value?: Value) =>
	Array.from({ length: count }, (_, index) => node('set', value, `Set ${index + 1}`));
const complexOf = (value: Value) => countRecipe('01.json', nodes(1, value)).complex;

describe('an expression', () => {
	it.each([
		'plain text with {{ $json.a + 1 }}',
		'={{ $json.gfe_id }}',
		'={{$json.body.first_name}}',
		"={{ $json['First name'] }}",
		'={{ $json["First name"] }}',
		'={{ $json.services[0].name }}',
		"={{ $('Booking').item.json.body.booking_id }}",
		"={{ $('What\\'s booked?').first().json.body }}",
		'={{ $execution.resumeUrl }}',
		'={{ $today }}',
		'=GFE {{ $json.gfe_id }}: {{ $json.summary }}',
		'={{ $tool.parameters.Email }}',
		'={{ null }}',
	])('%s is text, a dragged field or empty', (value) => {
		expect(complexOf(value)).toEqual([]);
	});

	it.each([
		'={{ $json.a ?? "" }}',
		'={{ $json.a || $json.b }}',
		'={{ $json?.a }}',
		"={{ $json.treatments.join(', ') }}",
		'={{ String($json.booking_id) }}',
		'={{ $now.plus(2, "days") }}',
		"={{ $('Booking').all() }}",
		'={{ $json.cleared ? "yes" : "no" }}',
		'={{ { booking_id: $json.booking_id } }}',
		"={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('First_Name', ``, 'string') }}",
		'={{ $json[$json.name] }}',
		'={{ 1 }}',
		'={{ $json.a ?? null }}',
	])('%s is more', (value) => {
		expect(complexOf(value)).toHaveLength(1);
	});

	it('that the model fills is counted by itself, if nothing was added to what the button writes', () => {
		const button = "={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('Email', ``, 'string') }}";
		const typed = "={{ $fromAI('Phone', ``, 'string') || undefined }}";
		expect(countRecipe('09.json', [...nodes(2, button), ...nodes(1, typed)])).toMatchObject({
			complex: { length: 3 },
			fromModel: 2,
		});
	});

	it('counts by itself where several are in one text, however deep it is', () => {
		const text = '={{ $json.a }} {{ $json.b + 1 }} {{ $json.c + 1 }}';
		expect(complexOf({ rows: [{ text }] })).toEqual(['Set 1: $json.b + 1', 'Set 1: $json.c + 1']);
	});
});

describe('the bounds of the examples', () => {
	let root: string;
	beforeEach(async () => {
		root = await mkdtemp(join(tmpdir(), 'spakinect-recipes-'));
		for (let number = 1; number <= 10; number += 1) {
			await write(`${String(number).padStart(2, '0')}-recipe.json`, nodes(8));
		}
	});
	afterEach(() => rm(root, { recursive: true, force: true }));

	const write = async (file: string, content: object[]) => {
		const path = join(root, 'examples', file);
		await mkdir(dirname(path), { recursive: true });
		await writeFile(path, JSON.stringify({ nodes: content }));
	};
	const broken = async () => brokenBounds(await countRecipes(root));

	it('are met by ten recipes of 8 nodes and 10 expressions, whatever stands in notes', async () => {
		const notes = Array.from({ length: 9 }, () => node('stickyNote', '={{ 1 + 1 }}'));
		await write('01-recipe.json', [...nodes(8), ...notes]);
		await write('02-recipe.json', nodes(8, '={{ $json.a + 1 }}'));
		await write('03-recipe.json', [...nodes(6), ...nodes(2, '={{ $json.a + 1 }}')]);
		await write('20-variant.json', nodes(10, '={{ $json.a + 1 }}'));
		expect(await broken()).toEqual([]);
	});

	it.each([
		['a recipe', '04-recipe.json'],
		['a variant', '21-variant.json'],
		['the tables', '00-create-tables.json'],
		['a template', 'templates/booking.json'],
	])('refuse 11 nodes in %s', async (_what, file) => {
		await write('05-recipe.json', nodes(1));
		await write(file, nodes(11));
		expect(await broken()).toEqual([expect.stringMatching(`^${file} has 11 nodes`)]);
	});

	it('refuse 81 nodes in 01 to 10', async () => {
		await write('07-recipe.json', nodes(9));
		expect(await broken()).toEqual([expect.stringMatching(/^01 to 10 have 81 nodes/)]);
	});

	it('refuse an 11th expression in 01 to 10, and name each', async () => {
		await write('08-recipe.json', nodes(8, '={{ $json.a + 1 }}'));
		await write('09-recipe.json', [...nodes(5), ...nodes(3, '={{ $json.b + 1 }}')]);
		const [first, ...named] = await broken();
		expect(first).toMatch(/^01 to 10 have 11 expressions/);
		expect(named).toHaveLength(11);
		expect(named.at(-1)).toBe('  09-recipe.json: Set 3: $json.b + 1');
	});

	it.each(['code', 'function', 'codeTool'])('refuse JavaScript in a node (%s)', async (type) => {
		await write('10-recipe.json', [node(type, 'return items', 'Sort')]);
		expect(await broken()).toEqual(['10-recipe.json: the node "Sort" holds JavaScript']);
	});

	it('refuse that one of the ten is left out', async () => {
		await rm(join(root, 'examples', '06-recipe.json'));
		expect(await broken()).toEqual(['there is no 06']);
	});

	it('come with a table of every file and of the ten together', async () => {
		await write('20-variant.json', nodes(3, '={{ $json.a + 1 }}'));
		const table = recipesTable(await countRecipes(root)).map((line) => line.split(/\s{2,}/));
		expect(table).toContainEqual(['20-variant.json', '3', '3', '0']);
		expect(table.at(-1)!.slice(0, 3)).toEqual(['01 to 10 together', '80', '0']);
	});
});
