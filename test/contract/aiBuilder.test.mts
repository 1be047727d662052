import '../node/support/environment.mts';
import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PackageDirectoryLoader } from 'n8n-core';
import type { INodeTypeDescription } from 'n8n-workflow';
import { RESOURCES } from '../../nodes/Spakinect/actions/registry';

/** The one that belongs to the n8n of the tests: n8n-core depends on it. */
const { generateNodeTypeFile } = createRequire(require.resolve('n8n-core'))(
	'@n8n/workflow-sdk',
) as {
	generateNodeTypeFile(description: INodeTypeDescription): string;
};

const loader = new PackageDirectoryLoader(join(__dirname, '../..'));
beforeAll(() => loader.loadAll());

const describeNode = (name: string): INodeTypeDescription => ({
	...(loader.getNode(name).type.description as INodeTypeDescription),
	name: `n8n-nodes-spakinect.${name}`,
});
/** The text without the stars and line breaks of its comments. */
const readText = (text: string) => text.replace(/\n\s*\*? ?/g, ' ');
/** What n8n's workflow builder reads of a node. */
const typeText = (name: string) => readText(generateNodeTypeFile(describeNode(name)));
/** What comes before the first operation: it is read for each of them. */
const headOf = (name: string) => typeText(name).split('export type ')[0]!;

const operations = RESOURCES.flatMap((resource) =>
	resource.operations.map((operation) => ({
		operation,
		at: `${resource.value} ${operation.value}`,
	})),
);

/** What the builder reads of one operation: the fields of the others are not in it. */
const rawText = (at: string): string => {
	const [resource, operation] = at.split(' ');
	const found = generateNodeTypeFile(describeNode('spakinect'))
		.split('export type ')
		.filter((part) => part.includes(`resource: '${resource}';\n  operation: '${operation}';`));
	expect(found).toHaveLength(1);
	return found[0]!;
};
const operationText = (at: string) => readText(rawText(at));
/** The part of it that is about the operation as a whole. */
const hintOf = (at: string): string =>
	/@builderHint (.*)\n\s*\*\/\n\s*resource:/.exec(rawText(at))?.[1] ?? '';
const names = (operation: (typeof operations)[number]['operation']) =>
	operation.fields.map(({ name }) => name);

describe.each(operations)('$at', ({ operation, at }) => {
	it('says whether a run changes anything, and if so what', () => {
		expect(hintOf(at)).toMatch(
			operation.writes ? /^Changes data at Spakinect on every run/ : /^Reads only/,
		);
		if (operation.writes) expect(operation.hint?.length).toBeGreaterThan(60);
	});

	it('says that the patient is contacted, if it is told how', () => {
		const contacts = operation.writes && names(operation).includes('phone');
		const says = /also in tests\. Emails and texts the patient immediately/.test(hintOf(at));
		expect(says).toBe(contacts);
	});
});

it.each([
	['atHomeVisit create', /onExisting.*return/],
	['atHomeVisit create', /Retry On Fail/],
	['atHomeVisit create', /person.*approved/],
	['inPersonVisit create', /onExisting.*return/],
	['inPersonVisit create', /[Cc]ontacts nobody/],
	['atHomeVisit cancel', /can't be undone/],
	['location subscribe', /Spakinect Trigger does this/],
	['webhook register', /one webhook URL per API key/],
	['webhook register', /replaces/],
	['gfe checkClearance', /only.*cleared is true/],
	['gfe checkClearance', /empty|error/],
	['gfe checkClearance', /[Cc]ompleted.*isn't an approval/],
	['gfe getAll', /Completed.*isn't an approval/],
	['gfe getAll', /Check Clearance/],
	['atHomeVisit get', /Completed.*isn't an approval/],
	['inPersonVisit get', /Completed.*isn't an approval/],
	['gfe downloadPdf', /patient data/],
	['atHomeVisit reschedule', /previousTime.*contacts nobody/],
	['atHomeVisit reschedule', /treatments empty/],
	['atHomeVisit reschedule', /Route on result/],
	['atHomeVisit reschedule', /Store the new gfe_id/],
	['gfe getExpiring', /not that the patient may be treated.*Check Clearance/],
	['gfe getExpiring', /ambiguous is true, a person must look/],
	['gfe getExpiring', /Ask a person before you request/],
	['gfe reconcile', /once over all input items.*loop/],
	['gfe reconcile', /event_id that was stored/],
	['gfe reconcile', /result unrecorded/],
	['gfe reconcile', /Changed doesn't mean approved/],
	['location subscribe', /can't be undone/],
	['treatment getAll', /names that Create and Check Clearance accept/],
])('%s says %s', (at, expected) => {
	expect(hintOf(at)).toMatch(expected);
});

it('Reschedule names each result that the documentation has', () => {
	const named = /Route on result: ([^.]*)\./.exec(hintOf('atHomeVisit reschedule'))?.[1] ?? '';
	const text = readFileSync(join(__dirname, '../../docs/operations.md'), 'utf8')
		.split('\n## At-Home Visit: Reschedule\n')[1]!
		.split('\n<!--')[0]!;
	const cells = text
		.split('\n')
		.filter((line) => line.startsWith('| '))
		.map((line) => line.split('|')[3]);
	const others = /other results \(([^)]*)\)/.exec(text)?.[1];
	const documented = [...`${cells.join()} ${others}`.matchAll(/`([a-z]+_[a-z_]+)`/g)];
	expect(named.split(/, | or /).sort()).toEqual(
		[...new Set(documented.map(([, result]) => result))].sort(),
	);
});

it('fields say what a builder gets wrong', () => {
	const text = operationText('atHomeVisit create');
	expect(text).toMatch(/@builderHint[^@]*Ask the user[^@]*location/i);
	expect(text).toMatch(/@builderHint[^@]*names of the Spakinect catalog/);
	expect(operationText('atHomeVisit cancel')).toMatch(/@builderHint[^@]*never a patient ID/);
});

it('the node says what it is for, before any operation', () => {
	const head = headOf('spakinect');
	expect(head).toMatch(/Good Faith Exam/);
	expect(head).toMatch(/emails and texts the patient/);
	expect(head).toMatch(/cleared is true/);
	expect(head).toMatch(/Spakinect Trigger/);
	expect(head).toMatch(/AI agent.*human review step/);
});

it.each(['spakinectTrigger', 'spakinectPollingTrigger'])('%s says what an event is', (name) => {
	const head = headOf(name);
	expect(head).toMatch(/Completed isn't an approval/);
	expect(head).toMatch(/all_approved/);
	expect(head).toMatch(/Remove Duplicates.*event_id/);
});

it('the trigger says that there is one URL, and how several workflows share it', () => {
	const head = headOf('spakinectTrigger');
	expect(head).toMatch(/one webhook URL per API key/);
	expect(head).toMatch(/Execute Workflow/);
	expect(head).toMatch(/Polling Trigger/);
	expect(headOf('spakinectPollingTrigger')).toMatch(/no public (URL|address)/i);
});

it('hints hold no syntax of expressions and name related nodes that exist', () => {
	const known =
		/^(n8n-nodes-base\.(removeDuplicates|if|executeWorkflow|dataTable)|n8n-nodes-spakinect\.\w+)$/;
	for (const name of ['spakinect', 'spakinectTrigger', 'spakinectPollingTrigger']) {
		const { builderHint, properties } = describeNode(name);
		expect(JSON.stringify([builderHint, properties])).not.toMatch(/"propertyHint":"[^"]*={{/);
		expect(JSON.stringify(builderHint)).not.toMatch(/\{\{|ai_\w+|[<>]/);
		const related = builderHint?.relatedNodes ?? [];
		expect(related.length).toBeGreaterThan(1);
		for (const { nodeType } of related) {
			expect(nodeType).toMatch(known);
			const [pack, own = ''] = nodeType.split('.');
			if (pack === 'n8n-nodes-spakinect') expect(() => loader.getNode(own)).not.toThrow();
		}
	}
});
