import { denyLocation, findVisit } from './access.mts';
import type { Call, Handler } from './context.mts';
import { createAtHome, createInPerson } from './creating.mts';
import { isCompleted, showVisit } from './present.mts';
import { notFound, refuseWithCategory } from './replies.mts';
import type { ApiReply, Treatment } from './types.mts';
import { cancellable } from './visits.mts';

function getVisit(call: Call): ApiReply {
	const visit = findVisit(call);
	if ('body' in visit) return visit;
	const { links, store } = call;
	const lens = { kind: call.key.kind, settings: store.settings, links, now: Date.now() };
	const data = showVisit(visit, lens);
	return { status: 200, body: { success: true, data }, unchecked: visit.hand_edited };
}

function cancelAtHome(call: Call): ApiReply {
	const visit = findVisit(call);
	if ('body' in visit) return visit;
	if (visit.kind !== 'at_home') {
		return refuseWithCategory(400, 'Only at-home visits can be cancelled');
	}
	if (!cancellable.has(visit.status.toLowerCase())) {
		const text = 'Only visits in "Processing", "Scheduled" or "Not Completed" can be cancelled';
		return refuseWithCategory(400, text);
	}
	visit.status = 'Cancelled by client';
	call.store.touched();
	return { status: 200, body: { gfe_id: visit.gfe_id, status: visit.status } };
}

function listVisits(call: Call): ApiReply {
	const locationId = call.params.location_id ?? '';
	const denied = denyLocation(call, locationId);
	if (denied) return denied;
	const head = { success: true, location_id: locationId };
	return call.lists.reply(`emr ${locationId}`, 'emr', () => call.store.visitsAt(locationId), head);
}

/** The Client list, in the one form that the settings serve. */
function listCompleted(form: 'query' | 'path'): Handler {
	return (call) => {
		if (call.store.settings.clientListForm !== form) return notFound;
		const visits = () =>
			call.key.locations.flatMap((id) => call.store.visitsAt(id).filter(isCompleted));
		return call.lists.reply(`client ${call.key.key}`, 'client', visits, { success: true });
	};
}

function treatmentReply(call: Call, data: Treatment[], source?: 'favorites'): ApiReply {
	const empty404 = data.length === 0 && call.store.settings.treatmentsEmpty === '404';
	return { status: empty404 ? 404 : 200, body: source ? { data, source } : { data } };
}

function listTreatments(call: Call): ApiReply {
	const { store, query } = call;
	if (call.key.kind === 'client' || query.type !== 'favorites') {
		return treatmentReply(call, store.treatments);
	}
	if (!query.location_id) {
		return refuseWithCategory(400, 'location_id is required when requesting favorites');
	}
	const denied = denyLocation(call, query.location_id);
	if (denied) return denied;
	const names = new Set(store.favorites[query.location_id] ?? []);
	const data = store.treatments.filter((treatment) => names.has(treatment.name));
	return treatmentReply(call, data, 'favorites');
}

function subscribe(call: Call): ApiReply {
	const { location_id: locationId } = call.body as { location_id: string };
	const denied = denyLocation(call, locationId);
	if (denied) return denied;
	const subscribed = call.store.subscriptions.get(call.key.key) ?? new Set<string>();
	const message = subscribed.has(locationId)
		? 'Already subscribed to this location'
		: 'Successfully subscribed to location';
	call.store.subscriptions.set(call.key.key, subscribed.add(locationId));
	return { status: 200, body: { success: true, message } };
}

function registerWebhook(call: Call): ApiReply {
	const { url } = call.body as { url: string };
	call.store.webhooks.set(call.key.key, { ...call.store.webhooks.get(call.key.key), url });
	return { status: 200, body: { success: true, message: 'Webhook URL updated successfully' } };
}

/** One handler per operationId of the description. */
export const handlers: Record<string, Handler> = {
	'emr.createAtHome': createAtHome,
	'emr.cancelAtHome': cancelAtHome,
	'emr.createInPerson': createInPerson,
	'emr.getVisit': getVisit,
	'emr.listVisits': listVisits,
	'emr.listTreatments': listTreatments,
	'emr.subscribe': subscribe,
	'emr.registerWebhook': registerWebhook,
	'client.createAtHome': createAtHome,
	'client.getVisit': getVisit,
	'client.listByQuery': listCompleted('query'),
	'client.listByPath': listCompleted('path'),
	'client.listTreatments': listTreatments,
};
