import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { builderHint } from './actions/builderHint';
import { properties, subtitle } from './actions/panel';
import { route } from './actions/router';
import { getTreatments } from './methods/loadOptions';
import { searchLocations } from './methods/locations';
import { credentialsByAuthentication } from './shared/authentication';

export class Spakinect implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Spakinect',
		name: 'spakinect',
		icon: { light: 'file:spakinect.svg', dark: 'file:spakinect.dark.svg' },
		group: ['transform'],
		// A list with defaultVersion: a single number makes n8n offer "Custom API Call", which would
		// hand the key to the HTTP Request node.
		version: [1],
		defaultVersion: 1,
		subtitle,
		description: 'Request Good Faith Exams, follow them, and check whether a patient is cleared',
		defaults: { name: 'Spakinect' },
		usableAsTool: true,
		builderHint,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: credentialsByAuthentication,
		properties,
	};

	methods = {
		listSearch: { getLocations: searchLocations },
		loadOptions: { getTreatments },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await route(this);
	}
}
