import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { getLocations } from './methods/locations';
import { credentialsByAuthentication } from './shared/authentication';
import { eventsSubtitle } from './shared/subtitle';
import { poll } from './trigger/polling/poll';
import { builderHint, pollEvents, pollProperties } from './trigger/polling/properties';

export class SpakinectPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Spakinect Polling Trigger',
		name: 'spakinectPollingTrigger',
		icon: { light: 'file:spakinect.svg', dark: 'file:spakinect.dark.svg' },
		group: ['trigger'],
		version: [1],
		defaultVersion: 1,
		subtitle: eventsSubtitle(pollEvents),
		description:
			'Checks Spakinect regularly and starts the workflow when Good Faith Exams (GFEs) are created, completed or changed',
		activationMessage:
			'If n8n shows no error for the trigger, each later change starts the workflow. See Executions.',
		builderHint,
		polling: true,
		defaults: { name: 'Spakinect Polling Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: credentialsByAuthentication,
		// A copy, because n8n adds 'Poll Times' to the list each time it loads the node.
		properties: [...pollProperties],
	};

	methods = { loadOptions: { getLocations } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
