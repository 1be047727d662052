import type { INodeTypeDescription } from 'n8n-workflow';
import { SpakinectApi } from '../../credentials/SpakinectApi.credentials';
import { Spakinect } from '../../nodes/Spakinect/Spakinect.node';
import { SpakinectPollingTrigger } from '../../nodes/Spakinect/SpakinectPollingTrigger.node';
import { SpakinectTrigger } from '../../nodes/Spakinect/SpakinectTrigger.node';
import { HOLE, textsIn, textsOfPackage } from './errorTexts.mts';
import { readDocument } from './markdown.mts';

/** The other direction of test/node/troubleshooting.test.mts: what people can see is documented. */

const documented = [...readDocument('docs/troubleshooting.md').matchAll(/^\| `([^`]+)` +\|/gm)].map(
	([, text = '']) => text,
);

/** Guards that nothing in n8n's panel gets to: what calls them refuses such a value before. */
const UNREACHABLE = [
	"'Appointment Time' is not a valid date and time",
	'n8n has no URL for this webhook',
];

const plain = (text: string) => text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N})]+$/gu, '');

/** A row may be a part of the text. Where the text has holes, the row may also fill one in. */
function isDocumented(text: string, rows: readonly string[] = documented): boolean {
	const parts = text.split(HOLE);
	const longest = parts.map(plain).reduce((one, two) => (two.length > one.length ? two : one));
	return rows.some(
		(row) =>
			parts.some((part) => part.includes(row)) || (parts.length > 1 && row.includes(longest)),
	);
}

const texts = textsOfPackage();

it('each error text and log line of the package has a row in docs/troubleshooting.md', () => {
	const missing = texts.filter(({ text }) => !isDocumented(text) && !UNREACHABLE.includes(text));
	expect(missing.map(({ path, text }) => `${path}: ${text.replaceAll(HOLE, '…')}`)).toEqual([]);
});

it('the guards that are excused are still there', () => {
	const known = new Set(texts.map(({ text }) => text));
	expect(UNREACHABLE.filter((text) => !known.has(text))).toEqual([]);
});

/** n8n's rules give this field a longer name than errors use: the documents explain it. */
const TREATMENTS = 'Treatment Names or IDs';

/** Every name that a panel shows. */
function panelNames(): Set<string> {
	const found = new Set<string>();
	const panels: unknown[] = [Spakinect, SpakinectTrigger, SpakinectPollingTrigger]
		.map((one): INodeTypeDescription => new one().description)
		.concat(new SpakinectApi() as never);
	JSON.stringify(panels, (key, value: unknown) => {
		if (key === 'displayName') found.add(String(value));
		return value;
	});
	return found;
}

it('errors name each field as the panel does, but for Treatments, and a patient who is several fields', () => {
	const names = panelNames();
	const quoted = texts.flatMap(({ text }) => /^'([^'\0]+)'/.exec(text)?.[1] ?? []);
	expect(quoted.length).toBeGreaterThan(30);
	const others = new Set(quoted.filter((name) => !names.has(name)));
	expect([...others].filter((name) => !['Patient', 'Treatments'].includes(name))).toEqual([]);
	expect(names).toContain(TREATMENTS);
});

it.each(['README.md', 'docs/operations.md', 'docs/troubleshooting.md'])(
	'%s says that errors call that field Treatments',
	(document) => {
		const line = readDocument(document)
			.split('\n')
			.find((one) => one.includes(`_${TREATMENTS}_`));
		expect(line).toMatch(/[Ee]rrors call .*Treatments/);
	},
);

describe('what is read as an error text', () => {
	it.each([
		[
			"throw new InputError('Email', `'${label}' is no address`, 'Mend it.');",
			["'…' is no address"],
		],
		[
			"const FIELD = 'Phone';\nfail(new InputError(FIELD, `'${FIELD}' is odd`));",
			["'Phone' is odd"],
		],
		[
			"throw new NodeOperationError(node, isA ? 'It is A' : 'It is B', {});",
			['It is A', 'It is B'],
		],
		[
			"const MOST = 9;\nconst PROBLEMS = { a: 'is long', b: 'is blank' };\nthrow new InputError('X', `X ${PROBLEMS[one]} (${MOST})`);",
			['X is long (9)', 'X is blank (9)'],
		],
		['context.logger.warn(`Spakinect Trigger: ${event} was lost`);', ['… was lost']],
		[
			"export const OLD = { refused: 'The link is old', advice: 'Try again.' };",
			['The link is old'],
		],
		["function unusableUrl(url: string) { return 'It is local'; }", ['It is local']],
		["item({ description: 'For the panel' }); throw new InputError(field, message, advice);", []],
	])('%s', (source, expected) => {
		const found = textsIn('nodes/x.ts', source);
		expect(found.map((text) => text.replaceAll(HOLE, '…'))).toEqual(expected);
	});

	it.each([
		["'…' is empty", ['is empty'], true],
		["'…' must be …", ['must be yes or no'], true],
		["'Wait' must be a number from 0 to 600", ['must be a number from 0 to 60'], true],
		["'Wait' must be a number from 0 to 600", ['must be a whole number'], false],
		["'…' is odd", ['is empty'], false],
	])('%s by the rows %j: %s', (text, rows, expected) => {
		expect(isDocumented(text.replaceAll('…', HOLE), rows)).toBe(expected);
	});
});
