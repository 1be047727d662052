import type { INode, INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { RESOURCES } from '../../nodes/Spakinect/actions/registry';
import { Spakinect } from '../../nodes/Spakinect/Spakinect.node';

const { description } = new Spakinect();
const node = { typeVersion: 1 } as INode;
const operations = RESOURCES.flatMap(({ value: resource, operations: all }) =>
	all.map((operation) => ({ at: `${resource} ${operation.value}`, resource, operation })),
);

/** The notices that the panel shows; n8n makes the tool for AI agents out of the node under this name. */
const notices = (name: string, parameters: { resource: string; operation: string }) => {
	const type: INodeTypeDescription = { ...description, name };
	const isShown = (one: INodeProperties) =>
		NodeHelpers.displayParameter({ authentication: 'emr', ...parameters }, one, node, type);
	return description.properties
		.filter((one) => one.type === 'notice' && isShown(one))
		.map(({ displayName }) => displayName);
};

it.each(operations)('$at, as a tool of an AI agent', ({ resource, operation }) => {
	const parameters = { resource, operation: operation.value };
	const review = expect.stringMatching(/AI agent.*human review/i);
	const expected = operation.writes
		? expect.arrayContaining([review])
		: expect.not.arrayContaining([review]);
	expect(notices('spakinectTool', parameters)).toEqual(expected);
	expect(notices('spakinect', parameters)).not.toContainEqual(review);
});
