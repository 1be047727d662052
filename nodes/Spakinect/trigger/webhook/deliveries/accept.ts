import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { createApi } from '../../../transport/api';
import type { EventMeta } from '../../eventItems';
import { otherItem, visitItems } from '../../eventItems';
import type { WebhookOptions } from '../options';
import { nodeKey, readKind, readOutput } from '../../parameters';
import { ignore, whenAnswered } from './answers';
import type { Delivery } from './delivery';
import { AcceptedDeliveries, AcceptedDeliveriesPerNode } from './duplicates';
import { carriesDecisions, isOld, outcomeOf, subjectOf } from './outcome';

/** Spakinect's documentation once asked for an answer within 10 s. The fetch may take half of it. */
const FETCH_MS = 5_000;

/** The shortest time for a fetch, after waiting for another delivery about the same GFE. */
const SHORTEST_FETCH_MS = 1_000;

const acceptedPerNode = new AcceptedDeliveriesPerNode();

/**
 * Passes a genuine delivery on to the workflow with the current data. It fetches the visit if the delivery's
 * own data may be incomplete or outdated. A duplicate of an accepted delivery is ignored.
 */
export async function accept(
	context: IWebhookFunctions,
	{ delivery, rawBody }: { delivery: Delivery; rawBody: Buffer },
	options: WebhookOptions,
): Promise<IWebhookResponseData> {
	const receivedAt = Date.now();
	// A test must not hide the same event from the published workflow or from the next test.
	const isTest = context.getMode() === 'manual';
	const accepted = isTest ? new AcceptedDeliveries(1) : acceptedPerNode.of(nodeKey(context));
	const subject = subjectOf(delivery, rawBody);
	const endTurn = await accepted.turn(subject);
	let isPassedOn = false;
	try {
		const generatedAt = delivery.timestamp ?? receivedAt;
		const isOutdated = isOld(delivery, receivedAt) || accepted.isOutdated(subject, generatedAt);
		const mustFetch = carriesDecisions(delivery) && (options.alwaysFetch || isOutdated);
		const mayFetch = mustFetch || (delivery.incomplete && options.refetchIncomplete);
		const timeoutMs = Math.max(SHORTEST_FETCH_MS, receivedAt + FETCH_MS - Date.now());
		const fetched = mayFetch ? await fetchVisit(context, delivery, timeoutMs) : undefined;
		const needsFetch = mustFetch || delivery.incomplete;
		const outcome = outcomeOf(delivery, rawBody, { needsFetch, fetched, time: generatedAt });

		const time = fetched === undefined ? generatedAt : Math.max(generatedAt, Date.now());
		const received = { subject, key: outcome.key, time };
		if (options.skipRepeats && accepted.isDuplicate(received)) {
			return ignore('This delivery was accepted before', outcome.key);
		}
		if (options.skipRepeats && mustFetch && !options.alwaysFetch && fetched === undefined) {
			// Only the delivery's own data is known. If it was accepted before, it is a duplicate.
			const sent = outcomeOf(delivery, rawBody, { needsFetch: false, time: generatedAt });
			if (accepted.isDuplicate({ subject, key: sent.key, time: generatedAt })) {
				return ignore('This delivery was accepted before', sent.key);
			}
		}
		const result = passOn(context, delivery, outcome, generatedAt);
		isPassedOn = true;
		whenAnswered(context, (isAccepted) => endTurn(isAccepted ? received : undefined));
		return result;
	} finally {
		if (!isPassedOn) endTurn();
	}
}

function passOn(
	context: IWebhookFunctions,
	delivery: Delivery,
	{ isAboutVisit, visit, key, incomplete }: ReturnType<typeof outcomeOf>,
	generatedAt: number,
): IWebhookResponseData {
	const meta: EventMeta = {
		event: delivery.event,
		event_id: key,
		event_time: new Date(generatedAt).toISOString(),
		...(incomplete ? { incomplete: true } : {}),
	};
	const { gfeId, locationId } = delivery;
	const form = { output: readOutput(context), zone: context.getTimezone(), gfeId, locationId };
	const items = isAboutVisit ? visitItems(meta, visit, form) : [otherItem(meta, visit, form)];
	const json = items.map((item): INodeExecutionData => ({ json: item as IDataObject }));
	return { workflowData: [json], webhookResponse: { received: true, event_id: key } };
}

/** The current visit, or undefined if Spakinect doesn't return it in time. */
async function fetchVisit(
	context: IWebhookFunctions,
	{ gfeId, event }: Delivery,
	timeoutMs: number,
) {
	if (gfeId === undefined) return undefined;
	try {
		const api = await createApi(context, readKind(context));
		return await api.visit(gfeId, { timeoutMs, retry: false });
	} catch (error) {
		const reason = (error as Error).message;
		context.logger.warn(`Spakinect Trigger: ${event} passed on incomplete. ${reason}`, { gfeId });
		return undefined;
	}
}
