import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { authenticationProperty } from '../shared/authentication';
import type { KeyKind } from '../transport/credential';
import { operationSubtitle } from '../shared/subtitle';
import { operationHint } from './builderHint';
import type { AnyOperation, Resource } from './operation';
import { RESOURCES } from './registry';

const KEY_KINDS: readonly KeyKind[] = ['emr', 'client'];

const servesEveryKey = (keys: readonly KeyKind[]): boolean => keys.length === KEY_KINDS.length;

const keysOf = (resource: Resource): KeyKind[] =>
	KEY_KINDS.filter((kind) => resource.operations.some(({ keys }) => keys.includes(kind)));

const resourceOption = (resource: Resource): INodePropertyOptions => {
	const keys = keysOf(resource);
	return {
		name: resource.name,
		value: resource.value,
		description: resource.description,
		...(servesEveryKey(keys) ? {} : { displayOptions: { show: { authentication: keys } } }),
	};
};

const resourceProperty: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: RESOURCES.map(resourceOption),
	default: 'atHomeVisit',
};

const operationOption = (operation: AnyOperation): INodePropertyOptions => ({
	name: operation.name,
	value: operation.value,
	action: operation.action,
	description: operation.description,
	builderHint: operationHint(operation),
});

/** The operation of a new node: Create if the resource has it, otherwise the first one. */
const defaultOperation = (operations: readonly AnyOperation[]): string =>
	(operations.find(({ value }) => value === 'create') ?? operations[0])?.value ?? '';

/**
 * The operation drop-downs of a resource: one for both keys, or one for each where the keys differ. The EMR
 * drop-down comes first, because n8n takes the texts of an operation from the first one it finds.
 */
function operationProperties(resource: Resource): INodeProperties[] {
	const same = resource.operations.every(({ keys }) => servesEveryKey(keys));
	const groups: KeyKind[][] = same ? [[...KEY_KINDS]] : keysOf(resource).map((kind) => [kind]);
	return groups.map((keys) => {
		const operations = resource.operations.filter((operation) =>
			keys.every((kind) => operation.keys.includes(kind)),
		);
		return {
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			displayOptions: {
				show: { resource: [resource.value], ...(same ? {} : { authentication: keys }) },
			},
			options: operations.map(operationOption),
			default: defaultOperation(operations),
		};
	});
}

/** For writes of a node used as a tool. Nothing else in n8n says that no person is asked. */
const toolNotice: INodeProperties = {
	displayName:
		"An AI agent runs this without asking anybody. Use 'Add human review step' on the connection to the agent, so that a person approves each run.",
	name: 'toolNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: { '@tool': [true] } },
};

function operationFields(resource: Resource, operation: AnyOperation): INodeProperties[] {
	const show = {
		resource: [resource.value],
		operation: [operation.value],
		...(servesEveryKey(operation.keys) ? {} : { authentication: [...operation.keys] }),
	};
	const fields = operation.writes ? [toolNotice, ...operation.fields] : operation.fields;
	return fields.map((field) => ({
		...field,
		displayOptions: {
			...field.displayOptions,
			show: { ...show, ...field.displayOptions?.show },
		},
	}));
}

/** All parameters of the action node. */
export const properties: INodeProperties[] = [
	authenticationProperty,
	resourceProperty,
	...RESOURCES.flatMap(operationProperties),
	...RESOURCES.flatMap((resource) =>
		resource.operations.flatMap((operation) => operationFields(resource, operation)),
	),
];

/** The line under the node on the canvas. */
export const subtitle = operationSubtitle(
	RESOURCES.flatMap(({ operations }) => operations),
	RESOURCES,
);
