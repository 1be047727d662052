import fc from 'fast-check';

import { toVisitForm } from '../../../../nodes/Spakinect/domain/summary/visitForm';
import type { ApiVisit } from '../../../../nodes/Spakinect/domain/visit/visit';
import { shapeVisit } from '../../../../nodes/Spakinect/domain/visit/shape';
import { readVisit } from '../../../../nodes/Spakinect/domain/visit/visit';
import { rawVisit } from '../support/randomVisits.mts';
import { apiVisit, visit } from '../support/visits.mts';

const LA = 'America/Los_Angeles';
const form = (changes: ApiVisit = {}, isIncomplete = false) =>
	toVisitForm(visit(changes), LA, isIncomplete);

const NONE = { approved_treatments: [], evaluation_completed: undefined, pdf_link: undefined };

it('has exactly the keys of the contract in their order', () => {
	const [made] = shapeVisit(apiVisit(), 'summary', { locationId: 'loc_downtown', zone: LA });
	expect(Object.entries(made ?? {})).toEqual(
		Object.entries({
			gfe_id: 'gfe_1',
			location_id: 'loc_downtown',
			status: 'Completed',
			status_group: 'completed',
			treatments_text: 'Botox, Dermal Filler',
			decisions: 'Botox: approved; Dermal Filler: approved',
			all_approved: true,
			evaluation_completed: '2026-01-15T10:00:00.000-08:00',
			pdf_available: true,
			needs_attention: false,
			message:
				'GFE gfe_1: all requested treatments are approved. Status Completed, evaluated January 15, 2026, 10:00 AM PST. Approved: Botox and Dermal Filler.',
		}),
	);
});

it('the same keys for an open visit, with nothing to read yet', () => {
	expect(form({ status: 'Processing', ...NONE })).toEqual({
		gfe_id: 'gfe_1',
		status: 'Processing',
		status_group: 'open',
		treatments_text: 'Botox, Dermal Filler',
		decisions: 'Botox: undecided; Dermal Filler: undecided',
		all_approved: false,
		evaluation_completed: null,
		pdf_available: false,
		needs_attention: false,
		message: 'GFE gfe_1 is open. Status Processing. Requested: Botox and Dermal Filler.',
	});
});

it.each([
	['all approved', {}, false],
	[
		'all approved, and more than was requested',
		{ approved_treatments: ['Botox', 'Dermal Filler', 'Peel'] },
		false,
	],
	['all approved, without a date (Client key)', { evaluation_completed: undefined }, false],
	['one conditionally approved', { conditionally_approved_treatments: ['Botox'] }, true],
	['one deferred', { deferred_treatments: ['Botox'] }, true],
	['one undecided', { approved_treatments: ['Botox'] }, true],
	['no decision at all', { approved_treatments: [] }, true],
	['no lists', { approved_treatments: null, deferred_treatments: null }, true],
	['approved without a request', { requested_treatments: [] }, true],
	['all approved, and another one deferred', { deferred_treatments: ['Peel'] }, true],
	[
		'all approved, and another one with a condition',
		{ conditionally_approved_treatments: ['Peel'] },
		true,
	],
	['a status in another case', { status: 'completed' }, false],
])('completed, %s: needs_attention is %s', (_, changes, needed) => {
	expect(form(changes).needs_attention).toBe(needed);
});

it.each([
	...[
		'Intake',
		'Processing',
		'Scheduled',
		'Waiting',
		'Pending Review',
		'Approved',
		'Not Completed',
	].map((status) => [status, false] as const),
	...['Cancelled', 'Cancelled by client', 'Canceled', 'Rejected', 'Amended', '', undefined, 7].map(
		(status) => [status, true] as const,
	),
])('status %s without decisions: needs_attention is %s', (status, needed) => {
	expect(form({ status, ...NONE }).needs_attention).toBe(needed);
});

it.each(['Processing', 'Approved', 'Cancelled', 'Rejected', 'Amended'])(
	'decisions of a visit that is %s do not count, and somebody must look',
	(status) => {
		const made = form({ status });
		expect(made).toMatchObject({ needs_attention: true, all_approved: false });
		expect(made.decisions).toBe('Botox: undecided; Dermal Filler: undecided');
		expect(made.message).not.toContain('Approved: ');
	},
);

it('a treatment in two lists is told once, with the more cautious decision', () => {
	const made = form({ deferred_treatments: ['botox'] });
	expect(made.decisions).toBe('Botox: deferred; Dermal Filler: approved');
	expect(made.message).toMatch(/ Approved: Dermal Filler. Deferred: Botox.$/);
});

it('an incomplete event needs attention, whatever the visit says', () => {
	expect(form({}, true)).toMatchObject({
		needs_attention: true,
		decisions: 'Botox: undecided; Dermal Filler: undecided',
		all_approved: false,
	});
	expect(form({}, true).message).not.toContain('Approved: ');
});

it('a visit without treatments, and a name with a comma', () => {
	const none = { requested_treatments: [], ...NONE };
	expect(form(none)).toMatchObject({ treatments_text: '', decisions: '' });
	const both = ['Laser, Face', 'Peel'];
	const made = form({ requested_treatments: both, approved_treatments: both });
	expect(made.treatments_text).toBe('Laser, Face; Peel');
	expect(made.decisions).toBe('Laser, Face: approved; Peel: approved');
});

it('names what was decided without having been requested', () => {
	const made = form({ conditionally_approved_treatments: ['Peel'] });
	expect(made.treatments_text).toBe('Botox, Dermal Filler, Peel');
	expect(made.decisions).toMatch(/Peel: conditionally approved$/);
});

it('has nothing of the patient, nor the link to the PDF, whatever the visit holds', () => {
	const secret = fc.stringMatching(/^Q[a-z]{6,10}[0-9]{4}$/);
	const name = (one: string) => ({ first_name: one, last_name: one, name: one });
	fc.assert(
		fc.property(rawVisit, secret, fc.boolean(), fc.boolean(), (raw, text, incomplete, odd) => {
			const canary = {
				...raw,
				gfe_id: raw.gfe_id ?? 'g',
				status: odd ? `${text}!` : raw.status,
				pdf_link: `https://files.example/${text}`,
				patient_details: { ...name(text), email: `${text}@mail.example`, dob: text, phone: text },
				note: text,
			};
			const made = shapeVisit(canary, 'summary', { zone: LA, incomplete });
			expect(made).toHaveLength(1);
			expect(JSON.stringify(made)).not.toContain(text);
		}),
	);
});

it('is flat and calls nothing fine that is not, on any list', () => {
	fc.assert(
		fc.property(rawVisit, (raw) => {
			const read = readVisit({ ...raw, gfe_id: 'g' })!;
			const made = toVisitForm(read, LA);
			for (const value of Object.values(made))
				expect(value === null || typeof value !== 'object').toBe(true);
			if (made.needs_attention) return;
			expect(read.status_group === 'open' || read.all_approved).toBe(true);
			expect(read.deferred_treatments.concat(read.conditionally_approved_treatments)).toEqual([]);
		}),
	);
});
