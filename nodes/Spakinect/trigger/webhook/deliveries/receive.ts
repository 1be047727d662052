import type {
	ICredentialDataDecryptedObject,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { OncePerHour } from '../../oncePerHour';
import type { WebhookOptions } from '../options';
import { nodeKey, readEvents, readOptionalLocations } from '../../parameters';
import { readWebhookOptions, registersItself } from '../options';
import { keyHash, noteDelivered, noteNamed, workflowName } from '../../../shared/registration';
import { refusedText } from '../texts';
import { accept } from './accept';
import { ignore, refuse } from './answers';
import { isAuthentic, mayBeAuthentic, readCredential, readRawBody } from './authenticity';
import { parseDelivery } from './delivery';
import type { Delivery } from './delivery';

const UNSIGNED = "The signature is missing or doesn't match";

const refusals = new OncePerHour();

/**
 * Handles one request to the webhook. Each request gets exactly one answer: refused and ignored ones here,
 * accepted ones by n8n after it has stored the execution. No request can make it throw, because n8n would
 * answer 500 and record a failed execution.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const options = readWebhookOptions(context);
	if (!mayBeAuthentic(context, options)) return refuse(context, 401, UNSIGNED);
	const credential = await readCredential(context);
	if (credential === undefined) return refuse(context, 503, "The credential can't be used");

	const rawBody = await readRawBody(context);
	if (!isAuthentic(context, rawBody, credential, options)) {
		// n8n doesn't show refusals, and after the key is renewed all deliveries are refused.
		if (refusals.isDue(nodeKey(context), Date.now())) context.logger.warn(refusedText);
		return refuse(context, 401, UNSIGNED);
	}
	const parsed = parseDelivery(rawBody);
	if ('refusal' in parsed) return refuse(context, 400, parsed.refusal);
	noteUrl(context, credential, options);

	const { delivery } = parsed;
	const locations = options.onlySelectedLocations ? readOptionalLocations(context) : [];
	const ignored = ignoredBecause(delivery, readEvents(context), locations);
	if (ignored !== undefined) return ignore(ignored);
	return await accept(context, { delivery, rawBody }, options);
}

/**
 * Remembers the production URL for the end of a later test, because n8n provides it here, also to a test
 * listener. A signed delivery at a production URL also shows that Spakinect sends there.
 */
function noteUrl(
	context: IWebhookFunctions,
	credential: ICredentialDataDecryptedObject,
	{ requireSignature }: WebhookOptions,
): void {
	const url = context.getNodeWebhookUrl('default');
	if (url === undefined) return;
	const trigger = nodeKey(context);
	noteNamed(trigger, url);
	// A forwarded delivery (Registration "Manual") says nothing about the URL that Spakinect has.
	if (context.getMode() === 'manual' || !requireSignature || !registersItself(context)) return;
	const workflow = workflowName(context.getWorkflow());
	noteDelivered(keyHash(credential), { url, trigger, workflow });
}

/** The choice for every event, including events that Spakinect may add later. */
const ANY_EVENT = '*';

/**
 * Why this trigger ignores a delivery, or undefined if it doesn't. A delivery without a location is accepted,
 * because losing it would be worse.
 *
 * @param events    chosen event names, `*` for any
 * @param locations IDs to accept. Empty accepts all
 */
export function ignoredBecause(
	delivery: Pick<Delivery, 'event' | 'locationId'>,
	events: string[],
	locations: string[],
): string | undefined {
	if (!events.includes(ANY_EVENT) && !events.includes(delivery.event)) {
		return 'This event is not selected in the trigger';
	}
	const { locationId } = delivery;
	if (locations.length > 0 && locationId !== undefined && !locations.includes(locationId)) {
		return 'This location is not selected in the trigger';
	}
	return undefined;
}
