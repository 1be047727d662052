import { failureOf } from '../../../../sandbox/n8n/client.mts';
import type { Fault } from '../../../../sandbox/simulator/index.mts';
import type { ActionWorld } from '../../support/action.mts';
import { AT_HOME, fromItem } from '../../support/actionData.mts';
import { runAction, type ActionRun, type Json } from '../../support/actionRun.mts';
import { PATIENT, QUOTING, leaksOf, searchWorks } from '../../support/actionTraces.mts';
import { FAR_DAY } from '../../support/farDay.mts';

interface PrivacyCase {
	name: string;
	run: Omit<ActionRun, 'items' | 'settings'>;
	/** Beside the patient. */
	item?: Json;
	fault?: Fault;
	/** What the person reads. */
	says: RegExp;
}

const create = { parameters: { ...AT_HOME, onExisting: 'create' } };
const get = {
	parameters: { resource: 'atHomeVisit', operation: 'get', ...fromItem('gfeId') },
};
const clearance = {
	parameters: {
		...{ resource: 'gfe', operation: 'checkClearance', locationId: 'loc_downtown' },
		...fromItem('firstName', 'lastName', 'email', 'treatments'),
	},
};
const pdf = { parameters: { resource: 'gfe', operation: 'downloadPdf', ...fromItem('gfeId') } };
const quoting = { success: false, error: 'Bad Request', message: QUOTING };
const toAppointments = { method: 'POST', path: '/appointments' };
const toVisits = { method: 'GET', path: '/visits/' };

const CASES: PrivacyCase[] = [
	{ name: 'a phone number of no country', run: create, item: { phone: '0187' }, says: /'Phone'/ },
	{
		name: 'an impossible appointment time',
		run: create,
		item: { appointmentTime: '1971-11-23 at noon' },
		says: /'Appointment Time'/,
	},
	{ name: 'a malformed email', run: create, item: { email: 'zeb.quack@' }, says: /'Email'/ },
	{
		name: 'a 400 that quotes the request',
		run: create,
		fault: { kind: 'status', status: 400, body: quoting, match: toAppointments },
		says: /did not accept the request \(400\)/,
	},
	{
		name: 'a 500 with a text that quotes the patient',
		run: create,
		fault: { kind: 'status', status: 500, body: QUOTING, match: toAppointments },
		says: /visit may have been created/,
	},
	{
		name: 'an HTML page that quotes the patient',
		run: create,
		fault: { kind: 'html', status: 200, body: `<h1>${QUOTING}</h1>`, match: toAppointments },
		says: /not in the form/,
	},
	{
		name: 'success: false that quotes the patient',
		run: create,
		fault: { kind: 'success_false', body: quoting, match: toAppointments },
		says: /could not do this/,
	},
	{
		name: 'a connection that is dropped after the create',
		run: create,
		fault: { kind: 'drop_after', match: toAppointments },
		says: /visit may have been created/,
	},
	{
		name: 'a redirect to an address with the patient in it',
		run: get,
		item: { gfeId: 'gfe-zeb' },
		fault: {
			kind: 'redirect',
			location: `http://127.0.0.1:9/?p=${encodeURIComponent(PATIENT.email)}`,
			match: toVisits,
		},
		says: /redirect, which is not followed/,
	},
	{
		name: 'a visit of the patient that is cut off half-way',
		run: get,
		item: { gfeId: 'gfe-zeb' },
		fault: { kind: 'truncated', match: toVisits },
		says: /ended before the answer came|not in the form/,
	},
	{ name: 'a GFE that is not there', run: get, item: { gfeId: 'none' }, says: /\(404\)/ },
	{ name: 'a wrong key', run: { ...create, key: 'wrong' }, says: /does not accept the API key/ },
	{
		name: 'two patients with one name and address',
		run: clearance,
		says: /is ambiguous/,
	},
	{
		name: 'an open visit of the patient',
		run: { parameters: { ...AT_HOME, options: { onExisting: 'error' } } },
		says: /already has an open visit for these treatments: GFE gfe-zeb/,
	},
	{
		name: 'a storage host that quotes the patient instead of the PDF',
		run: pdf,
		item: { gfeId: 'gfe-zeb-done' },
		fault: { kind: 'status', status: 200, body: QUOTING, match: { api: 'files' } },
		says: /not a PDF/,
	},
];

const visit = (gfe_id: string, more: Json = {}, dob = PATIENT.dateOfBirth): Json => ({
	gfe_id,
	location_id: 'loc_downtown',
	status: 'Processing',
	requested_treatments: ['Botox'],
	...more,
	patient_details: {
		first_name: PATIENT.firstName,
		last_name: PATIENT.lastName,
		email: PATIENT.email,
		dob,
	},
});

/** A failure may say what to do; whom it is about, what was answered and with which key it may not. */
export const describePrivacy = (world: () => ActionWorld): void => {
	beforeEach(async () => {
		await world().control.addVisits([
			visit('gfe-zeb'),
			visit('gfe-zeb-done', { status: 'Completed' }),
			visit('gfe-zeb-junior', { requested_treatments: ['Microneedling'] }, '1999-11-23'),
		]);
	});

	it.each(CASES)('$name leaves nothing behind', async ({ run, item, fault, says }) => {
		const booking = {
			...PATIENT,
			appointmentTime: `${FAR_DAY}T14:30:00Z`,
			treatments: 'Botox',
			...item,
		};
		if (fault) await world().control.faults(fault);
		for (const onError of ['stopWorkflow', 'continueErrorOutput']) {
			const result = await runAction(world(), { ...run, items: [booking], settings: { onError } });
			const { execution, failed } = result;
			const text = onError === 'stopWorkflow' ? failureOf(execution) : failed[0]?.error?.message;
			expect(text).toMatch(says);
			expect(await leaksOf(world(), execution.id)).toEqual({
				stored: [],
				keysAnywhere: [],
				logged: [],
			});
		}
	});

	it('would have been found', async () => {
		const result = await runAction(world(), {
			...get,
			items: [{ ...PATIENT, gfeId: 'gfe-zeb' }],
		});
		expect(await searchWorks(world(), result.execution.id)).toBe(true);
		// A success gives the patient back, so the same search must see it.
		expect((await leaksOf(world(), result.execution.id)).stored).toContain('Quackenbush');
	});
};
