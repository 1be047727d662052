import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { createApi } from '../../../transport/api';
import type { Delivery } from './delivery';
import { parseDelivery } from './delivery';
import { ignoredBecause } from './filter';
import { OncePerHour } from '../../oncePerHour';
import type { EventMeta } from '../../eventItems';
import { otherItem, visitItems } from '../../eventItems';
import { rememberProductionUrl } from '../registration/productionUrls';
import type { ReceivedDelivery, AcceptedDeliveries } from './duplicates';
import { AcceptedDeliveriesPerNode } from './duplicates';
import { outcomeOf } from './outcome';
import {
	ignore,
	isAuthentic,
	mayBeAuthentic,
	readCredential,
	readRawBody,
	refuse,
	responseOf,
} from './authenticity';
import {
	nodeKey,
	readEvents,
	readKind,
	readOptionalLocations,
	readOutput,
	readWebhookOptions,
} from '../parameters';
import { refusedText } from '../texts';

/** Spakinect's documentation once asked for an answer within 10 s; half of it goes to the re-fetch. */
const REFETCH_TIMEOUT_MS = 5_000;

const UNSIGNED = 'The signature is missing or does not fit';

const repeatsPerNode = new AcceptedDeliveriesPerNode();

const refusals = new OncePerHour();

/**
 * Decides on one request to the webhook, and sees to it that it is answered exactly once: refused and
 * ignored ones here, accepted ones by n8n after the execution is stored. Never throws for what a sender
 * can send, because n8n would answer 500 and record a failed execution.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const options = readWebhookOptions(context);
	if (!mayBeAuthentic(context, options)) return refuse(context, 401, UNSIGNED);
	const credential = await readCredential(context);
	if (credential === undefined) return refuse(context, 503, 'The credential is not readable');

	const rawBody = await readRawBody(context);
	if (!isAuthentic(context, rawBody, credential, options)) {
		// n8n shows nothing of a refusal, and after a renewal of the key all deliveries are refused.
		if (refusals.isDue(nodeKey(context), Date.now())) context.logger.warn(refusedText);
		return refuse(context, 401, UNSIGNED);
	}
	const parsed = parseDelivery(rawBody);
	if ('refusal' in parsed) return refuse(context, 400, parsed.refusal);

	const { delivery } = parsed;
	const locations = options.onlySelectedLocations ? readOptionalLocations(context) : [];
	const ignored = ignoredBecause(delivery, readEvents(context), locations);
	if (ignored !== undefined) return ignore(ignored);

	const isTest = context.getMode() === 'manual';
	// A test listener is told the production URL only here, and needs it when it ends.
	if (isTest) rememberProductionUrl(nodeKey(context), context.getNodeWebhookUrl('default'));

	const skipRepeats = options.skipRepeats && !isTest;
	return await accept(context, { delivery, rawBody }, skipRepeats, options.refetchIncomplete);
}

async function accept(
	context: IWebhookFunctions,
	{ delivery, rawBody }: { delivery: Delivery; rawBody: Buffer },
	skipRepeats: boolean,
	refetch: boolean,
): Promise<IWebhookResponseData> {
	const time = delivery.timestamp ?? Date.now();
	const fetched = delivery.incomplete && refetch ? await fetchVisit(context, delivery) : undefined;
	const story = outcomeOf(delivery, rawBody, fetched, time);
	const { key } = story;

	if (skipRepeats) {
		const repeats = repeatsPerNode.of(nodeKey(context));
		const news: ReceivedDelivery = { subject: story.subject, key, time };
		if (!(await repeats.claim(news))) return ignore('This delivery was accepted before', key);
		settleWithResponse(context, repeats, news);
	}

	const meta: EventMeta = {
		event: delivery.event,
		event_id: key,
		event_time: new Date(time).toISOString(),
		...(story.incomplete ? { incomplete: true } : {}),
	};
	const items = story.isAboutVisit
		? visitItems(meta, story.visit, readOutput(context), delivery.locationId)
		: [otherItem(meta, story.visit)];
	const json = items.map((item): INodeExecutionData => ({ json: item as IDataObject }));
	return { workflowData: [json], webhookResponse: { received: true, event_id: key } };
}

/**
 * A delivery counts as accepted when the sender was told so, which n8n does once the execution is stored. A
 * sender that hung up meanwhile (the re-fetch takes seconds) was told nothing, and its response does not
 * close a second time: waiting for that would hold every redelivery for ever.
 */
function settleWithResponse(
	context: IWebhookFunctions,
	repeats: AcceptedDeliveries,
	news: ReceivedDelivery,
): void {
	const response = responseOf(context);
	const settle = () => {
		const { writableFinished, statusCode } = response;
		repeats.settle(news, writableFinished && statusCode >= 200 && statusCode < 300);
	};
	if (response.closed) settle();
	else response.once('close', settle);
}

/** The visit as it is now, or undefined if Spakinect does not give it in time. */
async function fetchVisit(context: IWebhookFunctions, { gfeId, event }: Delivery) {
	if (gfeId === undefined) return undefined;
	try {
		const api = await createApi(context, readKind(context));
		return await api.visit(gfeId, { timeoutMs: REFETCH_TIMEOUT_MS, retry: false });
	} catch (error) {
		const reason = (error as Error).message;
		context.logger.warn(`Spakinect Trigger: ${event} passed on incomplete. ${reason}`, { gfeId });
		return undefined;
	}
}
