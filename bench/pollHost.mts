import '../test/node/support/environment.mts';
import 'reflect-metadata';
import { createRequire } from 'node:module';
import type { PollContext as PollContextType } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	INode,
	INodeParameters,
	INodeType,
	IWorkflowExecuteAdditionalData,
	Workflow as WorkflowType,
} from 'n8n-workflow';
import { credentialsByAuthentication } from '../nodes/Spakinect/shared/authentication';
import { poll } from '../nodes/Spakinect/trigger/polling/poll';
import { pollProperties } from '../nodes/Spakinect/trigger/polling/properties';
import { credentialsHelper } from '../test/node/support/credentials.mts';

// CommonJS with getters as exports. An import by name does not find them.
const require = createRequire(import.meta.url);
const { PollContext } = require('n8n-core') as { PollContext: typeof PollContextType };
const { Workflow } = require('n8n-workflow') as { Workflow: typeof WorkflowType };

/** The polling trigger's code in n8n-core's own context, with static data kept in memory, as n8n does. */
export function pollHost(parameters: INodeParameters, data: ICredentialDataDecryptedObject) {
	const type = {
		description: { properties: pollProperties, credentials: credentialsByAuthentication },
	} as unknown as INodeType;
	const node: INode = {
		id: 'node',
		name: 'Trigger',
		type: 'spakinectPollingTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials: { spakinectApi: { id: '1', name: 'EMR' } },
	};
	const workflow = new Workflow({
		id: 'bench',
		nodes: [node],
		connections: {},
		active: true,
		nodeTypes: {
			getByName: () => type,
			getByNameAndVersion: () => type,
			getKnownTypes: () => ({}),
		},
	});
	const base = 'http://127.0.0.1:5678';
	const additionalData = {
		credentialsHelper: credentialsHelper({ spakinectApi: data }),
		variables: {},
		restApiUrl: `${base}/rest`,
		instanceBaseUrl: base,
		webhookBaseUrl: `${base}/webhook`,
		webhookTestBaseUrl: `${base}/webhook-test`,
		webhookWaitingBaseUrl: `${base}/webhook-waiting`,
		formWaitingBaseUrl: `${base}/form-waiting`,
	} as unknown as IWorkflowExecuteAdditionalData;
	const context = () => new PollContext(workflow, node, additionalData, 'trigger', 'activate');
	return {
		/** One tick. @returns the number of items */
		poll: async (): Promise<number> => ((await poll(context())) ?? []).flat().length,
		/** One request with n8n's own helper, which every node must use. */
		request: async (url: string, headers: Record<string, string>): Promise<unknown> =>
			await context().helpers.httpRequest({ url, headers, json: true }),
		stateBytes: (): number => Buffer.byteLength(JSON.stringify(workflow.staticData)),
	};
}
