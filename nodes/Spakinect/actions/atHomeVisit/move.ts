import type { IDataObject } from 'n8n-workflow';
import { InputError } from '../../domain/inputError';
import { replacedSummary } from '../../domain/summary/request';
import { isSamePerson } from '../../domain/visit/openVisit';
import type { Visit } from '../../domain/visit/visit';
import { readVisit } from '../../domain/visit/visit';
import { toTaskError } from '../../transport/errors';
import { readVisitTreatments } from '../create/input';
import { echoOf, outcomeOf } from '../create/output';
import type { VisitRequest } from '../create/readRequest';
import type { Decided } from '../create/request';
import { decideRequest, lookAgain, sendRequest } from '../create/request';
import type { Item, Result } from '../operation';
import { requiredText } from '../parameters';
import { readBooking, warnOfOdd } from './booking';

/** A booking that is moved. */
export interface Move {
	item: Item;
	request: VisitRequest;
	gfeId: string;
	/** The visit's status before the move, as the API writes it. */
	status: unknown;
}

/**
 * Whether the user left the field empty. An expression that returns nothing is an error instead, because the
 * booking may name other treatments than the old visit.
 */
function isLeftEmpty(item: Item): boolean {
	const raw = item.fn.getNodeParameter('treatments', item.index, '', { rawExpressions: true });
	return Array.isArray(raw) ? raw.length === 0 : raw === '';
}

/**
 * The treatments of the visit, used if the field is empty. Another booking may use the same visit, so the
 * treatments of one booking aren't enough.
 *
 * @throws InputError if it has none
 */
function treatmentsOf(visit: Visit | null | undefined): string[] {
	const treatments = visit?.requested_treatments ?? [];
	if (treatments.length > 0) return treatments;
	throw new InputError(
		'Treatments',
		"'Treatments' is empty, and the visit has none either",
		'Enter the treatments of the booking. Nothing was changed.',
	);
}

/**
 * Reads the booking and the visit to move. Nothing is changed.
 * @throws InputError naming the field, also if the visit is another patient's
 */
export async function readMove(item: Item): Promise<Move> {
	const gfeId = requiredText(item, 'gfeId');
	const booked = isLeftEmpty(item) ? undefined : await readBooking(item);
	const raw = await item.api.visit(gfeId, { fresh: true });
	const visit = readVisit({ ...raw, gfe_id: gfeId });
	const request = booked ?? (await readBooking(item, treatmentsOf(visit)));
	const { kind, person } = request.wanted;
	if (!visit || !isSamePerson(visit, person, kind)) {
		throw new InputError(
			'GFE ID',
			"The visit of this 'GFE ID' is of another patient",
			"Nothing was changed. Check that 'GFE ID', the names and 'Email' belong to the same booking.",
		);
	}
	return { item, request, gfeId, status: raw.status };
}

function output({ item, request, gfeId, status }: Move, outcome: IDataObject, sent: string[]) {
	const previous = { previous_gfe_id: gfeId, previous_status: (status ?? null) as string | null };
	const json = { ...outcome, ...previous, ...echoOf(item, request, sent) };
	return [{ json }];
}

/** The result if nothing was requested and the visit stays as it is. */
export const unchanged = (
	move: Move,
	result: string,
	summary: string,
	more: IDataObject = {},
): Result[] =>
	output(
		move,
		{ gfe_id: move.gfeId, created: false, result, summary, skipped_treatments: [], ...more },
		move.request.wanted.treatments,
	);

/**
 * Decides what to request again, before anything is canceled. Spakinect refuses or silently drops a treatment
 * that has left the catalog, so each name is checked.
 */
export async function decideAgain({ item, request }: Move, except?: string): Promise<Decided> {
	const decided = await decideRequest(item, request, except);
	if (decided.done) return decided;
	return { ...decided, treatments: await readVisitTreatments(item, decided.treatments) };
}

/**
 * Requests the exam of a move.
 *
 * @param isCanceled true if the visit was canceled for it, which an error must say
 */
export async function requestAgain(
	move: Move,
	decided: Decided,
	isCanceled: boolean,
	more: IDataObject = {},
): Promise<Result[]> {
	const { item, request, gfeId } = move;
	const sending = decided.done ?? sendRequest(item, request, decided);
	const requested = await Promise.resolve(sending).catch((error: unknown) => {
		const what = `GFE ${gfeId} was canceled, but its replacement was not confirmed`;
		return Promise.reject(isCanceled ? toTaskError(item.fn.getNode(), what, error) : error);
	});
	const outcome = outcomeOf(item, request, requested);
	if (requested.result === 'requested') {
		warnOfOdd(item, request);
		outcome.result = 'requested_again';
		outcome.summary = replacedSummary(String(outcome.summary), move);
	}
	return output(move, { ...outcome, ...more }, requested.treatments);
}

/** So long another run may take from its cancel to its create, in milliseconds. */
const OTHER_RUN_MS = 3_000;

/**
 * The visit was canceled by somebody else. Booking systems send one move twice at the same moment, and the other
 * run is requesting the exam now: two new exams would contact the patient twice.
 */
export async function afterOthers(move: Move, decided: Decided): Promise<Decided> {
	if (decided.done) return decided;
	await move.item.api.wait(OTHER_RUN_MS);
	return await lookAgain(move.item, move.request, decided, move.gfeId);
}
