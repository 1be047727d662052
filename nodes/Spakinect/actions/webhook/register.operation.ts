import { InputError } from '../../domain/inputError';
import { EMR_ONLY } from '../operation';
import type { Operation } from '../operation';
import { requiredText } from '../parameters';

const CHARACTERS = String.raw`(?:[\w.~:/?@!$&'()*+,;=-]|%[\da-f]{2})*`;
/**
 * https anywhere, http only on this machine: the events hold patient data. Only what a URL may hold
 * unescaped, since the API keeps the one URL for good and cannot show it.
 */
const WEBHOOK_URL = new RegExp(
	String.raw`^(https://[\w.~:@!$&'()*+,;=%[\]-]+|http://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?)([/?]${CHARACTERS})?(#${CHARACTERS})?$`,
	'i',
);

const isWebhookUrl = (url: string): boolean => WEBHOOK_URL.test(url) && URL.canParse(url);

/** POST /webhooks. Spakinect keeps one URL per key and neither shows nor deletes it. */
export const register: Operation = {
	value: 'register',
	name: 'Register',
	action: 'Register a webhook URL',
	description:
		'Set the one URL to which Spakinect sends the events of this API key. It replaces the URL that was set before.',
	keys: EMR_ONLY,
	writes: true,
	hint: "Spakinect keeps one webhook URL per API key. This replaces it: whatever received the events before, such as another workflow or an EMR product, receives nothing from then on. The URL can't be read or deleted. The Spakinect Trigger registers its own URL when the workflow is published: never use both with the same key.",
	fields: [
		{
			displayName:
				'Spakinect keeps one webhook URL per API key, for all its locations. Registering replaces the one before, for instance that of a Spakinect Trigger or of a live EMR product, and it cannot be read or deleted.',
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
			description: 'Must start with https:// (http:// is accepted for localhost only)',
		},
	],
	async run(item) {
		const url = requiredText(item, 'webhookUrl', 'Webhook URL');
		if (!isWebhookUrl(url)) {
			throw new InputError(
				'Webhook URL',
				"'Webhook URL' must be a complete address that starts with https://",
				'http:// is accepted for localhost only.',
			);
		}
		const { message } = await item.api.write('POST', '/webhooks', { url });
		return [{ json: { url, registered: true, message: message ?? null } }];
	},
};
