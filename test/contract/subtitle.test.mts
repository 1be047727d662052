import { Workflow, type INode, type INodeType, type INodeTypes } from 'n8n-workflow';
import { RESOURCES } from '../../nodes/Spakinect/actions/registry';
import { Spakinect } from '../../nodes/Spakinect/Spakinect.node';
import { SpakinectPollingTrigger } from '../../nodes/Spakinect/SpakinectPollingTrigger.node';
import { SpakinectTrigger } from '../../nodes/Spakinect/SpakinectTrigger.node';

/** What n8n's editor shows under the node, by the same call. */
const subtitle = (type: INodeType, parameters: INode['parameters']): unknown => {
	const node: INode = {
		id: '1',
		name: 'One',
		type: 'one',
		typeVersion: 1,
		position: [0, 0],
		parameters,
	};
	const nodeTypes = { getByNameAndVersion: () => type } as unknown as INodeTypes;
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	return workflow.expression.getSimpleParameterValue(
		node,
		type.description.subtitle,
		'internal',
		{},
	);
};

const operations = RESOURCES.flatMap((resource) =>
	resource.operations.map((operation) => ({ resource, operation })),
);

it.each(operations)(
	'$resource.value $operation.value is told in the words of the panel',
	({ resource, operation }) => {
		const parameters = { resource: resource.value, operation: operation.value };
		expect(subtitle(new Spakinect(), parameters)).toBe(`${operation.name}: ${resource.name}`);
	},
);

it('an operation has the same name in every resource', () => {
	const names = new Map(operations.map(({ operation: { value, name } }) => [value, name]));
	for (const { operation } of operations) expect(operation.name).toBe(names.get(operation.value));
});

it('what the chosen key hides is left out', () => {
	expect(subtitle(new Spakinect(), { authentication: 'client', resource: 'location' })).toBe(
		'Location',
	);
});

it.each([
	[new SpakinectTrigger(), ['visit.completed'], 'Visit Completed'],
	[new SpakinectTrigger(), ['visit.completed', '*'], 'Visit Completed, [Any Event]'],
	[new SpakinectTrigger(), '=visit.completed', 'Visit Completed'],
	[
		new SpakinectPollingTrigger(),
		['completed', 'decisionsChanged'],
		'Completed, Decisions Changed',
	],
	[new SpakinectPollingTrigger(), 'soon', 'soon'],
])('the events of a trigger are told by their names: %#', (type, events, expected) => {
	expect(subtitle(type, { events })).toBe(expected);
});
