import type { CreateResult } from '../../domain/summary/request';
import { sameTreatment } from '../../domain/treatment/key';
import { readSwitch } from '../choices';
import type { Item } from '../operation';
import type { Created } from '../run/createRecord';
import type { LinkedVisit } from './createdVisits';
import { findExisting, guardAgainstDuplicate } from './duplicates';
import type { VisitRequest } from './readRequest';
import type { Split } from './send';
import { fromRecord, sendCreate } from './send';
import { clearedTreatments } from './skipCleared';

/** The result of a request: a new visit, an existing open visit, or none. */
export interface Requested extends Split {
	result: CreateResult;
	gfeId: string | null;
	link: string | null;
	/** The status of an existing open visit, as the API writes it. */
	status?: string;
}

const NOTHING = { gfeId: null, link: null, treatments: [] };

/** Splits the treatments into those to request and those the patient is cleared for. */
async function split(item: Item, { wanted, at }: VisitRequest): Promise<Split> {
	const isOn = readSwitch(item, 'skipIfCleared');
	const skipped = isOn ? await clearedTreatments(item, wanted, at) : [];
	const isSkipped = (name: string) =>
		skipped.some(({ treatment }) => sameTreatment(treatment, name));
	return { skipped, treatments: wanted.treatments.filter((name) => !isSkipped(name)) };
}

/** The decision before anything is sent. */
export interface Decided extends Split {
	/** Set if there is nothing to send. */
	done?: Requested;
}

/**
 * Decides whether a visit is needed. Nothing is sent, because an operation that cancels first needs the
 * decision before it cancels.
 *
 * @throws InputError if the patient is ambiguous, or from the duplicate guard
 */
export async function decideRequest(
	item: Item,
	request: VisitRequest,
	except?: string,
): Promise<Decided> {
	const { wanted } = request;
	const all = wanted.treatments;
	// Before all else, since the menu may have been changed for the retry.
	const earlier = item.record.earlier(item.index, request.body(all));
	if (earlier !== undefined && 'gfeId' in earlier) {
		const done = given(item, request, earlier);
		return { done, treatments: done.treatments, skipped: done.skipped };
	}
	if (all.length === 0) {
		const done: Requested = { ...NOTHING, result: 'no_exam_needed', skipped: [] };
		return { done, treatments: [], skipped: [] };
	}
	const { treatments, skipped } = await split(item, request);
	if (treatments.length === 0) {
		const done: Requested = { ...NOTHING, result: 'already_cleared', skipped };
		return { done, treatments, skipped };
	}
	const needed = { ...wanted, treatments };
	const existing = await guardAgainstDuplicate(item, needed, {
		retriedDoubt: earlier?.doubt,
		except,
	});
	return existing ? withOpen(existing, { treatments, skipped }) : { treatments, skipped };
}

function withOpen({ visit, link }: LinkedVisit, { treatments, skipped }: Decided): Decided {
	const { gfe_id: gfeId, status } = visit;
	const done: Requested = { result: 'open_visit', gfeId, link, status, treatments, skipped };
	return { done, treatments, skipped };
}

/**
 * Looks again for an open visit, in a fresh list and whatever the user chose, because another run may have
 * requested the same.
 */
export async function lookAgain(
	item: Item,
	{ wanted }: VisitRequest,
	decided: Decided,
	except: string,
): Promise<Decided> {
	if (decided.done) return decided;
	const needed = { ...wanted, treatments: decided.treatments };
	const existing = await findExisting(item, needed, true, except);
	return existing ? withOpen(existing, decided) : decided;
}

/** A retry of the execution returns what its first try created. */
function given(item: Item, request: VisitRequest, earlier: Created): Requested {
	const { gfeId, link } = earlier;
	const requested = fromRecord(request, earlier);
	item.created.addOpen({ ...request.wanted, treatments: requested.treatments }, gfeId, link);
	return { result: 'requested', gfeId, link, ...requested };
}

/**
 * Sends what was decided.
 *
 * @throws the error of `send`; NodeApiError if the answer names no visit
 */
export async function sendRequest(
	item: Item,
	request: VisitRequest,
	{ treatments, skipped }: Decided,
): Promise<Requested> {
	const { gfeId, link } = await sendCreate(item, request, { treatments, skipped });
	return { result: 'requested', gfeId, link, treatments, skipped };
}

/**
 * Requests a visit once, for the treatments that need one.
 *
 * @throws as {@link decideRequest} and {@link sendRequest}
 */
export async function requestVisit(item: Item, request: VisitRequest): Promise<Requested> {
	const decided = await decideRequest(item, request);
	return decided.done ?? (await sendRequest(item, request, decided));
}
