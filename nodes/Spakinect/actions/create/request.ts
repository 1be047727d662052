import type { CreateResult, SkippedTreatment } from '../../domain/summary/create';
import { sameTreatment } from '../../domain/treatment/treatments';
import type { Item } from '../operation';
import type { Created } from '../run/createRecord';
import type { LinkedVisit } from './createdVisits';
import { findExisting, guardAgainstDuplicate } from './duplicates';
import { readSwitch } from './input';
import { sendCreate } from './send';
import { clearedTreatments } from './skipCleared';
import type { VisitRequest } from './readRequest';
import type { Wanted } from './wanted';

/** What came of a request for a visit: a new one, the open one that was there, or none. */
export interface Requested {
	result: CreateResult;
	gfeId: string | null;
	link: string | null;
	/** Of an open visit that was there, as the API wrote it. */
	status?: string;
	/** What was requested, or is covered by the open visit. */
	treatments: string[];
	skipped: SkippedTreatment[];
}

const NOTHING = { gfeId: null, link: null, treatments: [] };

/** What is to be requested, and what is not because the patient is cleared. */
async function split(item: Item, { wanted, at }: VisitRequest) {
	const isOn = readSwitch(item, 'skipIfCleared', 'Skip If Cleared');
	const skipped = isOn ? await clearedTreatments(item, wanted, at) : [];
	const isSkipped = (name: string) =>
		skipped.some(({ treatment }) => sameTreatment(treatment, name));
	return { skipped, treatments: wanted.treatments.filter((name) => !isSkipped(name)) };
}

/** What was decided before anything is sent. */
export interface Decided {
	/** If there is nothing to send. */
	done?: Requested;
	treatments: string[];
	skipped: SkippedTreatment[];
}

/**
 * Decides whether a visit is needed at all. Nothing is sent: an operation that cancels first must know it
 * before.
 *
 * @throws InputError if the patient is ambiguous, or of the duplicate guard
 */
export async function decideRequest(
	item: Item,
	request: VisitRequest,
	except?: string,
): Promise<Decided> {
	const { wanted } = request;
	const all = wanted.treatments;
	if (all.length === 0) {
		const done: Requested = { ...NOTHING, result: 'no_exam_needed', skipped: [] };
		return { done, treatments: [], skipped: [] };
	}
	const earlier = item.record.earlier(item.index, request.body(all));
	if (earlier !== undefined && 'gfeId' in earlier) {
		return { done: given(item, wanted, earlier), treatments: all, skipped: [] };
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
 * Looks once more for an open visit, in a fresh list and whatever the user chose: another run may have requested
 * the same.
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

/** A retry of the execution gets what its first try created. */
function given(item: Item, wanted: Wanted, { gfeId, link }: Created): Requested {
	item.created.addOpen(wanted, gfeId, link);
	return { result: 'requested', gfeId, link, treatments: wanted.treatments, skipped: [] };
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
	const { gfeId, link } = await sendCreate(item, request, treatments);
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
