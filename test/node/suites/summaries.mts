import { DateTime } from 'luxon';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import {
	clearanceParameters,
	PATIENT,
	patientItem,
	plainBooking,
	secretIn,
} from '../support/patient.mts';
import { succeeded, useSimulator } from '../support/world.mts';

/** What staff read in `summary` and what the workflow reads in the other fields is one answer. */
const world = useSimulator();

interface Skipped {
	treatment: string;
	gfe_id: string;
}

let catalog: string[] = [];
beforeEach(async () => {
	const items = succeeded(await world.run('emr', 'treatment', 'getAll', { returnAll: true }));
	catalog = items.map(({ name }) => String(name));
	expect(catalog.length).toBeGreaterThan(5);
});

/** The treatments of the catalog that a text names. */
const named = (text: string): string[] => catalog.filter((name) => text.includes(name)).sort();
const sorted = (names: unknown): string[] => [...(names as string[])].sort();

const exam = (gfe_id: string, decisions: IDataObject) =>
	world.control.add({
		gfe_id,
		status: 'Completed',
		requested_treatments: Object.keys(decisions),
		decisions: decisions as never,
		evaluation_completed: DateTime.now().minus({ months: 1 }).toISO(),
		patient_details: {
			first_name: PATIENT.firstName,
			last_name: PATIENT.lastName,
			email: PATIENT.email,
			dob: PATIENT.dateOfBirth,
		},
	});
const soon = () => DateTime.now().plus({ days: 3 }).toISO();

const book = async (
	treatments: string[],
	options: INodeParameters = {},
	operation = 'create',
	more: INodeParameters = {},
) => {
	const parameters = { ...plainBooking, appointmentTime: soon(), treatments, options, ...more };
	const run = { items: [patientItem()] };
	const [json] = succeeded(await world.run('emr', 'atHomeVisit', operation, parameters, run));
	return json!;
};

/** The part about what was asked for, and the part about what was left out. */
function partsOf(json: IDataObject): [string, string] {
	const summary = String(json.summary);
	expect(secretIn(summary)).toBe('');
	const [asked = '', skipped = ''] = summary.split('Already cleared: ');
	return [asked, skipped];
}

function expectAgreement(json: IDataObject): void {
	const [asked, skipped] = partsOf(json);
	const left = json.skipped_treatments as unknown as Skipped[];
	expect(named(asked)).toEqual(sorted(json.requested_treatments));
	expect(named(skipped)).toEqual(sorted(left.map(({ treatment }) => treatment)));
	for (const { treatment, gfe_id } of left) {
		expect(skipped).toContain(`${treatment} (GFE ${gfe_id}, until `);
	}
	if (json.gfe_id !== null) expect(asked).toContain(`GFE ${String(json.gfe_id)} `);
}

describe('Create', () => {
	const skip = { skipIfCleared: true };

	it.each<[string, string[], INodeParameters, string]>([
		['all of it is requested', ['Botox', 'Dermal Filler'], {}, 'requested'],
		['a part is cleared', ['Botox', 'IV Therapy', 'Dermal Filler'], skip, 'requested'],
		['all of it is cleared', ['Botox', 'Chemical Peel'], skip, 'already_cleared'],
	])('%s', async (_, treatments, options, result) => {
		await exam('old', { Botox: 'approved', 'Chemical Peel': 'approved' });
		const json = await book(treatments, options);
		expect(json.result).toBe(result);
		expectAgreement(json);
		const left = json.skipped_treatments as unknown as Skipped[];
		const all = [...sorted(json.requested_treatments), ...left.map(({ treatment }) => treatment)];
		expect(all.sort()).toEqual([...treatments].sort());
	});

	it('an open visit covers it', async () => {
		await book(['Botox', 'Dermal Filler']);
		const json = await book(['Dermal Filler'], {}, 'create', { onExisting: 'return' });
		expect(json.result).toBe('open_visit');
		expectAgreement(json);
	});

	it('no service needs an exam', async () => {
		const serviceMenu = { services: [{ service: 'Facial' }] };
		const json = await book(['Facial'], { serviceMenu });
		expect(json.result).toBe('no_exam_needed');
		expect(named(String(json.summary))).toEqual([]);
	});
});

it('Reschedule: what is requested again', async () => {
	const { gfe_id: gfeId } = await book(['Botox', 'Dermal Filler']);
	const moved = { gfeId: String(gfeId), appointmentTime: DateTime.now().plus({ days: 9 }).toISO() };
	const json = await book([], {}, 'reschedule', moved);
	expect(json.result).toBe('requested_again');
	expectAgreement(json);
	expect(json.summary).toContain(`GFE ${String(gfeId)} (Processing)`);
});

it('Check Clearance: each treatment once, on its side', async () => {
	await exam('old', { Botox: 'approved', 'Dermal Filler': 'deferred' });
	const treatments = ['Botox', 'Dermal Filler', 'IV Therapy'];
	const run = { items: [patientItem()] };
	const parameters = { ...clearanceParameters, treatments };
	const [json] = succeeded(await world.run('emr', 'gfe', 'checkClearance', parameters, run));
	const rows = json!.treatments as unknown as Array<{ treatment: string; cleared: boolean }>;
	const [missing = '', cleared = ''] = String(json!.summary).split(/(?<=\.) Cleared: /);
	for (const [text, wanted] of [
		[missing, false],
		[cleared, true],
	] as const) {
		const names = rows.filter((row) => row.cleared === wanted).map(({ treatment }) => treatment);
		expect(names).not.toEqual([]);
		expect(named(text)).toEqual(names.sort());
	}
});
