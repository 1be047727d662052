import { byId, control, make } from './dom.js';

const decisions = [
	['approved', 'approved'],
	['conditionally_approved', 'conditionally approved'],
	['deferred', 'deferred'],
	['undecided', 'undecided'],
];
const dialog = byId('exam');
let current;

function currentDecision(visit, treatment) {
	if (visit.conditionally_approved_treatments?.includes(treatment)) return 'conditionally_approved';
	if (visit.deferred_treatments?.includes(treatment)) return 'deferred';
	if (visit.approved_treatments && !visit.approved_treatments.includes(treatment))
		return 'undecided';
	return 'approved';
}

function decisionRow(visit, treatment) {
	const select = make('select', { testid: `decision-${treatment}` });
	select.append(...decisions.map(([value, text]) => make('option', { value }, text)));
	select.value = currentDecision(visit, treatment);
	select.dataset.treatment = treatment;
	return make('label', { class: 'decision' }, make('span', {}, treatment), select);
}

/** Opens the dialog for one visit. Completing it again replaces the decisions. */
export function openExam(visit) {
	current = visit;
	byId('exam-patient').textContent = `${visit.patient_details.name}, ${visit.location_id}`;
	const names = [
		visit.requested_treatments,
		visit.approved_treatments,
		visit.conditionally_approved_treatments,
		visit.deferred_treatments,
	].flatMap((list) => list ?? []);
	byId('exam-decisions').replaceChildren(
		...[...new Set(names)].map((treatment) => decisionRow(visit, treatment)),
	);
	dialog.showModal();
}

async function complete() {
	const chosen = [...byId('exam-decisions').querySelectorAll('select')];
	const pdf = byId('exam-pdf').value;
	const { delivery_ids = [] } = await control('POST', `/visits/${current.gfe_id}/complete`, {
		decisions: Object.fromEntries(chosen.map(({ dataset, value }) => [dataset.treatment, value])),
		pdf: pdf === 'later' ? { afterMs: 5000 } : pdf,
		deliver: byId('exam-deliver').checked,
		success: !byId('exam-failed').checked,
	});
	const sent = { 0: 'No webhook was sent', 1: 'Webhook sent' }[delivery_ids.length];
	return `Exam of ${current.patient_details.name} completed. ${sent ?? `${delivery_ids.length} webhooks sent`}.`;
}

/** Connects the dialog's buttons. `act` runs a call and shows its result. */
export function wireExam(act) {
	byId('exam-close').addEventListener('click', () => dialog.close());
	dialog.querySelector('form').addEventListener('submit', () => act(complete));
}
