import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowDefinition, WorkflowNode } from '../../../sandbox/n8n/client.mts';
import { projectRoot } from '../../../sandbox/n8n/paths.mts';
import type { NodeCredentials } from '../../../sandbox/services/connect.mts';

const folder = join(projectRoot, 'examples');

/** The files of the recipes and of what they share. */
export const RECIPES = readdirSync(folder).filter((file) => file.endsWith('.json'));

/** What a person would import: the file as it is. */
export const readRecipe = (file: string): WorkflowDefinition =>
	JSON.parse(readFileSync(join(folder, file), 'utf8')) as WorkflowDefinition;

/** What a person fills in after the import. */
export interface FilledIn {
	locationId: string;
	/** Credential type → the credential. */
	credentials: NodeCredentials;
	/** What else stands in for something of the user's → what it is here. */
	placeholders?: Record<string, string>;
	/** The id of `00-tell-staff`, chosen as the error workflow. */
	errorWorkflow?: string;
	/** Which Spakinect credential is chosen; default: the one that the recipe has. */
	key?: 'client';
}

const GENERIC: Record<string, string> = {
	headerAuth: 'httpHeaderAuth',
	basicAuth: 'httpBasicAuth',
	bearerAuth: 'httpBearerAuth',
};

/** n8n's nodes for other systems: the value of *Authentication*, or none, → the type of credential. */
const OF_SERVICE: Record<string, Record<string, string>> = {
	slack: { '': 'slackApi', accessToken: 'slackApi' },
	hubspot: { appToken: 'hubspotAppToken' },
	googleDrive: {
		'': 'googleDriveOAuth2Api',
		oAuth2: 'googleDriveOAuth2Api',
		serviceAccount: 'googleApi',
	},
	googleSheets: {
		'': 'googleSheetsOAuth2Api',
		oAuth2: 'googleSheetsOAuth2Api',
		serviceAccount: 'googleApi',
	},
	googleSheetsTrigger: {
		'': 'googleSheetsTriggerOAuth2Api',
		triggerOAuth2: 'googleSheetsTriggerOAuth2Api',
		serviceAccount: 'googleApi',
	},
	highLevel: { '': 'highLevelOAuth2Api' },
	twilio: { '': 'twilioApi' },
	calendlyTrigger: { '': 'calendlyOAuth2Api', oAuth2: 'calendlyOAuth2Api' },
	postgres: { '': 'postgres' },
	lmChatOpenAi: { '': 'openAiApi' },
};

/** The type of credential that a node asks for. */
const credentialType = ({ type, parameters }: WorkflowNode): string | undefined => {
	const name = type.split('.').at(-1)!;
	const authentication = String(parameters.authentication ?? '');
	if (type.startsWith('n8n-nodes-spakinect.')) {
		return authentication === 'client' ? 'spakinectClientApi' : 'spakinectApi';
	}
	const chosen = parameters.nodeCredentialType ?? parameters.genericAuthType;
	return OF_SERVICE[name]?.[authentication] ?? (chosen as string) ?? GENERIC[authentication];
};

/** Nodes that the editor gives a webhook id when they are imported. */
const HAS_WEBHOOK = /trigger$|\.webhook$|\.form$|\.wait$|\.chat(HitlTool)?$/i;

/** The day on which somebody starts: a week ago. */
const START_DATE = new Date(Date.now() - 7 * 86_400_000).toISOString().slice(0, 10);

/**
 * A date that doesn't come while tests run. A poll that n8n starts by itself beside a webhook's execution would do
 * that one's work, at the minute that the recipe names; tests start the polls themselves.
 */
const POLLED_BY_TESTS = { item: [{ mode: 'custom', cronExpression: '0 0 0 29 2 *' }] };

/** The same for Schedule Triggers, for example beside a webhook. */
const SCHEDULED_BY_TESTS = {
	interval: [{ field: 'cronExpression', expression: '0 0 0 29 2 *' }],
};

/** What of a node's times is left to the tests. */
const timesOf = ({ type, parameters }: WorkflowNode): object => {
	if ('pollTimes' in parameters) return { pollTimes: POLLED_BY_TESTS };
	return type.endsWith('.scheduleTrigger') ? { rule: SCHEDULED_BY_TESTS } : {};
};

/** A recipe with everything filled in that its notes ask for, as the editor would save it, but for its times. */
export const fillInRecipe = (file: string, filledIn: FilledIn): WorkflowDefinition => {
	const text = JSON.stringify(readRecipe(file));
	const filled = Object.entries(filledIn.placeholders ?? {}).reduce(
		(done, [placeholder, value]) => done.replaceAll(placeholder, value),
		text
			.replaceAll('your-location-id', filledIn.locationId)
			.replaceAll('your-start-date', START_DATE),
	);
	const definition = JSON.parse(filled) as WorkflowDefinition;
	if (filledIn.key) {
		for (const { type, parameters } of definition.nodes) {
			if (type.startsWith('n8n-nodes-spakinect.')) parameters.authentication = filledIn.key;
		}
	}
	const { errorWorkflow } = filledIn;
	return {
		...definition,
		settings: { ...definition.settings, ...(errorWorkflow && { errorWorkflow }) },
		nodes: definition.nodes.map((node) => {
			const type = credentialType(node);
			const credential = type && filledIn.credentials[type];
			return {
				...node,
				parameters: { ...node.parameters, ...timesOf(node) },
				...(HAS_WEBHOOK.test(node.type) && { webhookId: randomUUID() }),
				...(type && credential && { credentials: { [type]: credential } }),
			};
		}),
	};
};
