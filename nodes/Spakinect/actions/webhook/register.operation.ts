import { InputError } from '../../domain/inputError';
import { credentialName } from '../../transport/credential';
import {
	keyHash,
	noteRegistered,
	replacedText,
	workflowName,
	registerWebhookUrl,
	ONE_URL_RULE,
} from '../../shared/registration';
import { deadUrl, isLocalUrl, reachedEnvironment, unusableUrl } from '../../shared/webhookUrl';
import { EMR_ONLY } from '../operation';
import type { Item, Operation } from '../operation';
import { requiredText } from '../parameters';

/**
 * The characters that a URL may contain unescaped. Checked here, because the API can't show or remove a wrong
 * URL.
 */
const UNESCAPED = /^([\w.~:/?#[\]@!$&'()*+,;=-]|%[\da-f]{2})+$/i;

const notUsable = (reason: string): InputError =>
	new InputError(
		'Webhook URL',
		`'Webhook URL' can't be used. ${reason}`,
		'Enter a complete, public address that starts with https://.',
	);

/** Remembers the URL for the end of a test of a trigger, and warns if it was another workflow's. */
async function noteUrl({ fn, index, warnings }: Item, url: string): Promise<void> {
	const credential = await fn.getCredentials(credentialName('emr'), index);
	const registered = { url, trigger: url, workflow: workflowName(fn.getWorkflow()) };
	const replaced = noteRegistered(keyHash(credential), registered);
	if (replaced) warnings.add(replacedText(replaced), index);
}

/** POST /webhooks. Spakinect keeps one URL per key, and can't show or delete it. */
export const register: Operation = {
	value: 'register',
	name: 'Register',
	action: 'Register a webhook URL',
	description:
		'Set the one URL to which Spakinect sends the events of this API key. It replaces the previous URL.',
	keys: EMR_ONLY,
	writes: true,
	hint: `${ONE_URL_RULE} Whatever received the events before, such as another workflow or an EMR product, gets nothing from then on. The Spakinect Trigger registers its own URL: never use both with the same key.`,
	fields: [
		{
			displayName: `${ONE_URL_RULE} The previous one may be that of a Spakinect Trigger or of a live EMR product.`,
			name: 'oneUrlNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Webhook URL',
			name: 'webhookUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://n8n.example.com/webhook/spakinect',
			description:
				'A public address that starts with https:// (http://localhost is accepted if the Base URL of the credential is local too)',
		},
	],
	async run(item) {
		const url = requiredText(item, 'webhookUrl');
		const { environment, baseUrl } = item.api;
		if (!UNESCAPED.test(url)) throw notUsable('It holds characters that a URL must escape');
		const reached = reachedEnvironment(environment, baseUrl);
		const dead = deadUrl(url, reached);
		if (dead !== undefined) throw notUsable(dead);
		const isLocalApi = reached === 'custom';
		const unusable = isLocalApi && isLocalUrl(url) ? undefined : unusableUrl(url, 'production');
		if (unusable !== undefined) throw notUsable(unusable);
		const message = await registerWebhookUrl(item.api, url);
		await noteUrl(item, url);
		return [{ json: { url, registered: true, message } }];
	},
};
