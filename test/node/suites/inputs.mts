import {
	bookingParameters,
	clearanceParameters,
	expectPrivate,
	patientItem,
} from '../support/patient.mts';
import { succeeded, useSimulator } from '../support/world.mts';

/** What spreadsheets, CRMs and people put in, through n8n's own engine. */

const world = useSimulator();
const book = (parameters: object, patient: object = {}) =>
	world.run(
		'emr',
		'atHomeVisit',
		'create',
		{ ...bookingParameters, ...parameters },
		{ items: [patientItem({ ...patient })] },
	);
const refusal = async (parameters: object, patient: object = {}): Promise<string> => {
	const result = await book(parameters, patient);
	expectPrivate(result);
	expect(await world.control.visits()).toEqual([]);
	return result.error?.message ?? 'no error';
};

it.each([
	['2030-01-31 10:00 AM'],
	['1/31/2030 10:00:00'],
	['Jan 31, 2030 10:00 AM'],
	['31 January 2030 10:00'],
	['47514.416666666664'],
	['={{ 47514 + 10 / 24 }}'],
	["={{ DateTime.fromISO('2030-01-31T10:00') }}"],
])('the appointment %s', async (appointmentTime) => {
	const [json] = succeeded(await book({ appointmentTime }));
	expect(json?.appointment_time).toBe(Date.parse('2030-01-31T10:00:00-05:00') / 1000);
});

it.each([
	['Timezone', { options: { timezone: 'EST' } }, {}],
	['Timezone', { options: { timezone: '={{ "MST" }}' } }, {}],
	['Appointment Time', { appointmentTime: '1/31/30 10:00 AM' }, {}],
	['Appointment Time', { appointmentTime: '2030-01-31T25:00:00Z' }, {}],
	['Phone', {}, { phone: '+1 415 555 010' }],
	['Phone', {}, { phone: '+4155550100.0' }],
	['Phone', {}, { phone: '+1911' }],
	['First Name', {}, { firstName: 'Lee undefined' }],
	['First Name', { firstName: '=Lee {{ String($json.nowhere) }}' }, {}],
	['Last Name', { lastName: '={{ String($json.theInput) }}' }, {}],
	['Treatments', { treatments: '=Botox, {{ undefined }}null' }, {}],
	['Allergies', { intakeAnswers: { allergies: 'N/A' } }, {}],
	['Medications', { intakeAnswers: { medications: '=-' } }, {}],
	['Unknown Treatments', { options: { unknownTreatments: '={{ "sendd" }}' } }, {}],
	['Reference', { options: { reference: '={{ [] }}' } }, {}],
	['Reference', { options: { reference: '={{ ["b-1"] }}' } }, {}],
	['Reference', { options: { reference: '={{ { id: 1 } }}' } }, {}],
	['Reference', { options: { reference: '={{ false }}' } }, {}],
])('%s is refused: %j %j', async (label, parameters, patient) => {
	expect(await refusal(parameters, patient)).toContain(`'${label}'`);
});

it.each([
	['O&#39;Neil', "O'Neil"],
	['Smith &amp; Co', 'Smith & Co'],
])('the name %s', async (lastName, expected) => {
	const [json] = succeeded(await book({}, { lastName }));
	expect(json?.patient_details).toMatchObject({ last_name: expected });
});

it.each([
	['None.', 'no'],
	['NKDA', 'no'],
	['No known allergies', 'no'],
	['latex', 'yes'],
])('allergies %j: %s', async (allergies, selected) => {
	const [json] = succeeded(await book({ intakeAnswers: { allergies } }));
	expect(json?.intake_answers).toMatchObject([{ answer: { selected } }]);
});

it.each(['SEND', ' Send '])('the choice %j', async (unknownTreatments) => {
	const options = { unknownTreatments: `={{ ${JSON.stringify(unknownTreatments)} }}` };
	const treatments = 'Botox;Something New';
	const [json] = succeeded(await book({ options, treatments }));
	expect(json?.requested_treatments).toEqual(['Botox', 'Something New']);
});

describe('choices of lists', () => {
	const list = (resource: string, parameters: object) =>
		world.run('emr', resource, 'getAll', { locationId: 'loc_downtown', ...parameters });

	it('are read without case', async () => {
		const all = { returnAll: '={{ "TRUE" }}' };
		expect(succeeded(await list('treatment', all))).toHaveLength(32);
		const favorites = { ...all, source: '={{ "Favorites" }}' };
		expect(succeeded(await list('treatment', favorites))).toHaveLength(3);
	});

	it.each([
		['treatment', 'Return All', { returnAll: '={{ "yes" }}' }],
		['treatment', 'Source', { source: '={{ $json.nowhere }}' }],
		['treatment', 'Source', { source: '={{ "favourites" }}' }],
		['gfe', 'Output', { output: '={{ "Rows" }}' }],
		['gfe', 'Output', { output: '={{ null }}' }],
		['gfe', 'Limit', { limit: "={{ $('Nowhere').item.json.x }}" }],
		['gfe', 'Limit', { limit: '={{ $json.nowhere }}' }],
		['gfe', 'Location ID', { locationId: "={{ $('Nowhere').item.json.x }}" }],
		['gfe', 'Patient Name', { filters: { patientName: "={{ $('Nowhere').item.json.x }}" } }],
	])('%s: %s that is none is an error: %j', async (resource, label, parameters) => {
		const { error } = await list(resource, parameters);
		expect(error?.message).toContain(`'${label}'`);
		expect(error?.message).not.toContain('unexpected');
	});

	it('a wrong If Not Cancellable stops before anything is sent', async () => {
		await world.control.add({ gfe_id: 'v1' });
		const parameters = { gfeId: 'v1', options: { ifNotCancellable: '={{ "go on" }}' } };
		const { error } = await world.run('emr', 'atHomeVisit', 'cancel', parameters);
		expect(error?.message).toContain("'If Not Cancellable' must be");
		expect(await world.control.requests()).toEqual([]);
	});
});

describe('treatments that contain the patient', () => {
	it.each([
		['the name', '={{ ["Botox for " + $json.theInput.lastName, "Botx"] }}'],
		['the email', '={{ ["Botox " + $json.theInput.email, "Botx"] }}'],
		['the name between quotes', '={{ [`Botox "for ${$json.theInput.lastName}" 2`, "Botx"] }}'],
		['the name where the text is cut', '={{ ["x".repeat(57) + $json.theInput.lastName, "Botx"] }}'],
		['the phone', '={{ ["Botox " + $json.theInput.phone.replace(/\\D/g, ""), "Botx"] }}'],
	])('%s is not quoted, and the others are', async (_what, treatments) => {
		const message = await refusal({ treatments });
		expect(message).toMatch(/'Treatments'.*not shown.*"Botx"/);
	});

	it('nor by Check Clearance', async () => {
		const treatments = '={{ ["Botox for " + $json.theInput.firstName, "Botx"] }}';
		const parameters = { ...clearanceParameters, treatments };
		const result = await world.run('emr', 'gfe', 'checkClearance', parameters, {
			items: [patientItem()],
		});
		expectPrivate(result);
		expect(result.error?.message).toContain('"Botx"');
	});
});
