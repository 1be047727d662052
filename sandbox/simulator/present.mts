import type { LinkSigner } from './links.mts';
import type { ApiKind, Settings, Visit } from './types.mts';

/** How one API shows a visit. */
interface Lens {
	kind: ApiKind;
	settings: Settings;
	links: LinkSigner;
	/** Unix milliseconds. */
	now: number;
}

/** A date of birth in the API's own style. Any text other than YYYY-MM-DD is shown unchanged. */
function showDob(dob: string, kind: ApiKind): string {
	const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(dob);
	if (!match) return dob;
	const [, year, month, day] = match;
	return kind === 'emr' ? `${month}-${day}-${year}` : `${month}/${day}/${year}`;
}

function showPatient(visit: Visit, lens: Lens): Record<string, unknown> {
	const { dob, ...patient } = visit.patient_details;
	const shown: Record<string, unknown> = { ...patient };
	if (typeof dob === 'string') shown.dob = showDob(dob, lens.kind);
	else if (dob === null || (visit.kind === 'at_home' && lens.settings.atHomeDob === 'null')) {
		shown.dob = null;
	}
	return shown;
}

function showEvaluation(value: unknown, settings: Settings): unknown {
	if (settings.evaluationCompleted === 'iso' || typeof value !== 'string') return value;
	const ms = Date.parse(value);
	return Number.isNaN(ms) ? value : Math.floor(ms / 1000);
}

/**
 * A visit as GET answers show it. Decision lists and evaluation_completed appear only when
 * Completed (never evaluation_completed in the Client API), pdf_link only once the PDF exists.
 */
export function showVisit(visit: Visit, lens: Lens): Record<string, unknown> {
	const shown: Record<string, unknown> = {
		gfe_id: visit.gfe_id,
		status: visit.status,
		requested_treatments: visit.requested_treatments,
		patient_details: showPatient(visit, lens),
	};
	if (hasPdf(visit, lens.now)) {
		shown.pdf_link = lens.links.sign(visit.gfe_id, lens.now + lens.settings.linkTtlMs);
	}
	if (!isCompleted(visit)) return shown;
	if (visit.approved_treatments) shown.approved_treatments = visit.approved_treatments;
	if (visit.conditionally_approved_treatments) {
		shown.conditionally_approved_treatments = visit.conditionally_approved_treatments;
	}
	if (visit.deferred_treatments) shown.deferred_treatments = visit.deferred_treatments;
	if (lens.kind === 'emr' && visit.evaluation_completed !== undefined) {
		shown.evaluation_completed = showEvaluation(visit.evaluation_completed, lens.settings);
	}
	return shown;
}

export function isCompleted(visit: Visit): boolean {
	return visit.status.toLowerCase() === 'completed';
}

export function hasPdf(visit: Visit, now: number): boolean {
	return visit.pdf_ready_at !== null && visit.pdf_ready_at <= now;
}

/** The data of a visit.completed webhook. With `gathered: false`, the data of a visit that couldn't be read. */
export function showWebhookData(
	visit: Visit,
	lens: Lens,
	gathered = true,
): Record<string, unknown> {
	const { location_id, gfe_id, status } = visit;
	if (!gathered) return { location_id, gfe_id, status };
	return { location_id, ...showVisit(visit, lens) };
}
