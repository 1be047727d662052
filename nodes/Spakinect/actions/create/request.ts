import type { CreateResult, SkippedTreatment } from '../../domain/summary/create';
import { sameTreatment } from '../../domain/treatment/treatments';
import type { Item } from '../operation';
import type { Created } from '../run/createRecord';
import { guardAgainstDuplicate } from './duplicates';
import { readSwitch } from './input';
import { sendCreate } from './send';
import { clearedTreatments } from './skipCleared';
import type { VisitRequest } from './readRequest';
import type { Wanted } from './wanted';

/** The result of a request: a new visit, an existing open visit, or none. */
export interface Requested {
	result: CreateResult;
	gfeId: string | null;
	link: string | null;
	/** The status of an existing open visit, as the API writes it. */
	status?: string;
	/** The treatments that were requested or that the open visit covers. */
	treatments: string[];
	skipped: SkippedTreatment[];
}

const NOTHING = { gfeId: null, link: null, treatments: [] };

/** Splits the treatments into those to request and those the patient is cleared for. */
async function split(item: Item, { wanted, at }: VisitRequest) {
	const isOn = readSwitch(item, 'skipIfCleared', 'Skip If Cleared');
	const skipped = isOn ? await clearedTreatments(item, wanted, at) : [];
	const isSkipped = (name: string) =>
		skipped.some(({ treatment }) => sameTreatment(treatment, name));
	return { skipped, treatments: wanted.treatments.filter((name) => !isSkipped(name)) };
}

/** The decision before anything is sent. */
export interface Decided {
	/** Set if there is nothing to send. */
	done?: Requested;
	treatments: string[];
	skipped: SkippedTreatment[];
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
	if (!existing) return { treatments, skipped };
	const { gfe_id: gfeId, status } = existing.visit;
	const link = existing.link;
	const done: Requested = { result: 'open_visit', gfeId, link, status, treatments, skipped };
	return { done, treatments, skipped };
}

/** A retry of the execution returns what its first try created. */
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
