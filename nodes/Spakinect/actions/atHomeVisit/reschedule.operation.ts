import type { IDataObject } from 'n8n-workflow';
import { clearanceSummary } from '../../domain/summary/clearance';
import { keptSummary, sameTimeSummary } from '../../domain/summary/request';
import { statusGroup } from '../../domain/visit/status';
import { optionChoice } from '../choices';
import { readOnExisting } from '../create/onExisting';
import type { Ambiguous } from '../create/skipCleared';
import { clearanceForRequest } from '../create/skipCleared';
import { EMR_ONLY } from '../operation';
import type { Item, Operation, Result } from '../operation';
import { isSameTime } from './booking';
import { cancelVisit, unclearCancel } from './cancelVisit';
import type { Move } from './move';
import { readMove, afterOthers, decideAgain, requestAgain, unchanged } from './move';
import { rescheduleFields } from './rescheduleFields';

/** Cancels first, and creates only once the cancel is confirmed. */
async function replaceOpen(move: Move): Promise<Result[]> {
	const { item, gfeId } = move;
	const decided = await decideAgain(move, gfeId);
	if (decided.done) return await requestAgain(move, decided, false);
	// With Create Another, nothing has asked for the location yet. An unknown one would lose the visit.
	await item.lists.at(move.request.wanted.locationId);
	const { isCanceled, isRefusal, status } = await cancelVisit(item, gfeId);
	if (isCanceled) {
		item.created.addCanceled(gfeId);
		return await requestAgain(move, isRefusal ? await afterOthers(move, decided) : decided, true);
	}
	if (!isRefusal) throw unclearCancel(status);
	return await sinceRead({ ...move, status });
}

/** The visit went on since it was read: the provider decided about it, or is at it. */
async function sinceRead(move: Move): Promise<Result[]> {
	const { item, request, gfeId, status } = move;
	const group = statusGroup(status);
	if (group === 'open' || group === 'unknown') return kept(move);
	// The list of this run is from before the decision.
	await item.lists.at(request.wanted.locationId, { fresh: true });
	if (group === 'completed') return await afterExam(move);
	return await requestAgain(move, await decideAgain(move, gfeId), false);
}

const kept = (move: Move): Result[] =>
	unchanged(move, 'kept_open', keptSummary(move, move.request.at, move.item.zone));

/** The visit was already moved, or something else in the booking changed. */
const sameTime = (move: Move): Result[] =>
	unchanged(move, 'same_time', sameTimeSummary(move, move.request.at, move.item.zone));

const COMPLETED: Ambiguous = {
	field: 'GFE ID',
	message: "The patient of 'GFE ID' is ambiguous",
	advice:
		"Nothing was changed. Look at the patient's visits in Spakinect. If an exam is needed, request it with At-Home Visit: Create.",
};

const readIfNotCleared = (item: Item) => optionChoice(item, 'ifNotCleared', ['report', 'request']);

/** A completed exam needs nothing if it clears the patient at the new time. */
async function afterExam(move: Move): Promise<Result[]> {
	const { item, request } = move;
	const { wanted, at } = request;
	const { treatments, ...clearance } = await clearanceForRequest(item, wanted, at, COMPLETED);
	const summary = clearanceSummary({ treatments, ...clearance }, at, item.zone);
	const shown = { treatments: treatments as unknown as IDataObject[] };
	if (clearance.cleared) return unchanged(move, 'still_cleared', summary, shown);
	if (readIfNotCleared(item) === 'report')
		return unchanged(move, 'not_cleared_then', summary, shown);
	return await requestAgain(move, await decideAgain(move), false, shown);
}

/** Chooses the steps by the visit's status. An unknown status may be open, so it is treated as open. */
async function run(item: Item): Promise<Result[]> {
	const ifOpen = optionChoice(item, 'ifOpen', ['replace', 'keep']);
	// Read here only to refuse a wrong choice before anything is sent.
	readIfNotCleared(item);
	const move = await readMove(item);
	if (isSameTime(item, move.request)) return sameTime(move);
	const needsNone = move.request.wanted.treatments.length === 0;
	const group = statusGroup(move.status);
	if (needsNone || group === 'cancelled' || group === 'rejected') {
		const decided = await decideAgain(move);
		const mayBeMoving = group === 'cancelled' && readOnExisting(item) !== 'create';
		return await requestAgain(
			move,
			mayBeMoving ? await afterOthers(move, decided) : decided,
			false,
		);
	}
	if (group === 'completed') return await afterExam(move);
	return ifOpen === 'keep' ? kept(move) : await replaceOpen(move);
}

/** GET /visits/{id}, then by its status: cancel and create, or check the clearance. */
export const reschedule: Operation = {
	value: 'reschedule',
	name: 'Reschedule',
	action: 'Reschedule an at-home visit',
	description:
		'Move the exam of a booking to a new appointment time. An open visit is replaced, which emails and texts the patient immediately. A completed one is checked for the new time.',
	keys: EMR_ONLY,
	writes: true,
	hint: 'Emails and texts the patient immediately if the exam is requested again. Run it when an appointment moves, with the gfe_id stored with the booking. Leave treatments empty to keep those of the old exam. Set previousTime from your records, so that the same move sent again contacts nobody. Route on result: requested_again, same_time, kept_open, still_cleared, not_cleared_then, open_visit, already_cleared or no_exam_needed. Store the new gfe_id with the booking. Leave Retry On Fail off.',
	fields: rescheduleFields,
	run,
};
