import type {
	IHookFunctions,
	INodeType,
	INodeTypeDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { getLocations } from './methods/locations';
import { credentialsByAuthentication } from './shared/authentication';
import { eventsSubtitle } from './shared/subtitle';
import {
	activationHint,
	activationText,
	builderHint,
	panelHeader,
	panelHelp,
	waitingText,
} from './trigger/webhook/texts';
import { receive } from './trigger/webhook/deliveries/receive';
import { isRegistered, register } from './trigger/webhook/registration/register';
import { unregister } from './trigger/webhook/registration/unregister';
import { webhookEvents, webhookProperties } from './trigger/webhook/properties';

export class SpakinectTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Spakinect Trigger',
		name: 'spakinectTrigger',
		icon: { light: 'file:spakinect.svg', dark: 'file:spakinect.dark.svg' },
		group: ['trigger'],
		version: [1],
		defaultVersion: 1,
		subtitle: eventsSubtitle(webhookEvents),
		description: 'Starts the workflow when a Good Faith Exam (GFE) has been completed',
		eventTriggerDescription: waitingText,
		activationMessage: activationText,
		builderHint,
		triggerPanel: {
			header: panelHeader,
			executionsHelp: panelHelp,
			activationHint,
		},
		defaults: { name: 'Spakinect Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: credentialsByAuthentication,
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				// n8n answers after it has stored the execution, so an acknowledged delivery is never lost.
				responseMode: 'onReceived',
				// Empty, because n8n would otherwise answer with the name of its default instead of
				// webhookResponse.
				responseData: '',
				path: 'webhook',
			},
		],
		properties: webhookProperties,
	};

	methods = { loadOptions: { getLocations } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return isRegistered(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await register(this);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				await unregister(this);
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}
