import type { INode, INodeParameters, INodeType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { SpakinectPollingTrigger } from '../../../nodes/Spakinect/SpakinectPollingTrigger.node';
import { SpakinectTrigger } from '../../../nodes/Spakinect/SpakinectTrigger.node';

/** What n8n's own rules make of the two fields for locations. */

const TRIGGERS: Array<[string, INodeType & { methods?: unknown }]> = [
	['webhook', new SpakinectTrigger()],
	['polling', new SpakinectPollingTrigger()],
];

function panel({ description }: INodeType, parameters: INodeParameters) {
	const node = {
		name: 'T',
		typeVersion: 1,
		parameters: { authentication: 'emr', ...parameters },
	} as unknown as INode;
	const all = NodeHelpers.getNodeParameters(
		description.properties,
		node.parameters,
		true,
		false,
		node,
		description,
	)!;
	const shown = description.properties
		.filter((one) => /^location/.test(one.name))
		.filter((one) => NodeHelpers.displayParameter(all, one, node, description));
	const issues = NodeHelpers.getNodeParametersIssues(
		description.properties,
		{ ...node, parameters: all },
		description,
	);
	return {
		shown: shown.map(({ name, required }) => [name, required === true]),
		missing: Object.keys(issues?.parameters ?? {}),
	};
}

describe.each(TRIGGERS)('the %s trigger', (_, trigger) => {
	it('asks for an ID while nothing is chosen from the list', () => {
		expect(panel(trigger, {})).toEqual({
			shown: [
				['locations', false],
				['locationIds', true],
			],
			missing: ['locationIds'],
		});
	});

	it('is complete with an ID, as workflows were saved before there was a list', () => {
		expect(panel(trigger, { locationIds: ['loc_1'] }).missing).toEqual([]);
		expect(panel(trigger, { locationIds: '={{ $json.ids }}' }).missing).toEqual([]);
	});

	it('is complete with a choice from the list, and keeps the field for other IDs', () => {
		expect(panel(trigger, { locations: ['loc_1'] })).toEqual({
			shown: [
				['locations', false],
				['locationIds', false],
			],
			missing: [],
		});
	});

	it('has the list that its field asks for', () => {
		expect(trigger.methods).toHaveProperty('loadOptions.getLocations');
	});
});
