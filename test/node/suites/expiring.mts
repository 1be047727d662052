import { DateTime } from 'luxon';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { PartialVisit } from '../support/control.mts';
import { PATIENT } from '../support/patient.mts';
import { succeeded, useSimulator } from '../support/world.mts';

const world = useSimulator();
const ZONE = 'America/Los_Angeles';

const details = { first_name: PATIENT.firstName, last_name: PATIENT.lastName };
/** Evaluated so that an approval of 12 months ends that many days from today, at 23:00. */
const endsIn = (days: number) =>
	DateTime.now().setZone(ZONE).startOf('day').plus({ days, hours: 23 }).minus({ years: 1 }).toISO();
const exam = (gfe_id: string, days: number, rest: PartialVisit = {}): PartialVisit => ({
	gfe_id,
	status: 'Completed',
	requested_treatments: ['Botox'],
	decisions: { Botox: 'approved' },
	evaluation_completed: endsIn(days),
	patient_details: { ...details, email: `${gfe_id}@mail.example` },
	...rest,
});

const run = (
	parameters: INodeParameters = {},
	key: 'emr' | 'client' = 'emr',
	locationId: string = key === 'emr' ? 'loc_downtown' : '',
) =>
	world.run(
		key,
		'gfe',
		'getExpiring',
		{ locationId, returnAll: true, ...parameters },
		{ timezone: ZONE },
	);
const expiring = async (...args: Parameters<typeof run>) => succeeded(await run(...args));
const ids = (items: IDataObject[]) => items.map(({ gfe_id }) => gfe_id);

it('gives the approvals of the next 30 days, the next to end first', async () => {
	await world.control.add(
		exam('later', 29),
		exam('far', 40),
		exam('soon', 2),
		exam('past', -3),
		exam('deferred', 2, { decisions: { Botox: 'deferred' } }),
	);
	const items = await expiring();
	expect(ids(items)).toEqual(['soon', 'later']);
	expect(items[0]).toEqual({
		gfe_id: 'soon',
		location_id: 'loc_downtown',
		treatment: 'Botox',
		decision: 'approved',
		requested: true,
		status: 'Completed',
		status_group: 'completed',
		evaluation_completed: DateTime.fromISO(endsIn(2) ?? '')
			.toUTC()
			.toISO(),
		patient_name: 'Quillon Vanterpool',
		patient_first_name: 'Quillon',
		patient_last_name: 'Vanterpool',
		patient_email: 'soon@mail.example',
		patient_dob: null,
		result: 'expiring',
		expires_at: expect.stringMatching(/Z$/),
		days_left: 2,
		summary: expect.stringMatching(/^The approval of Botox in GFE soon ends in 2 days, on /),
	});
	for (const { summary } of items) expect(summary).not.toMatch(/quillon|vanterpool|@/i);
});

it.each<[string, INodeParameters, string[]]>([
	['Ends Within (Days)', { withinDays: 50 }, ['soon', 'later', 'far']],
	['Ends Within (Days) as a text', { withinDays: '={{ "3" }}' }, ['soon']],
	['Limit', { returnAll: false, limit: 1 }, ['soon']],
	['Ended Within (Days)', { options: { endedWithinDays: 5 } }, ['past', 'soon', 'later']],
	['Validity (Months)', { options: { validityMonths: 24 } }, []],
	['Treatments', { options: { treatments: ['IV Therapy'] } }, []],
	['Treatments in another case', { options: { treatments: 'BOTOX' } }, ['soon', 'later']],
])('%s', async (_, parameters, expected) => {
	await world.control.add(exam('soon', 2), exam('later', 29), exam('far', 40), exam('past', -3));
	expect(ids(await expiring(parameters))).toEqual(expected);
});

it('leaves out what a newer decision or an open visit has overtaken', async () => {
	const who = { patient_details: { ...details, email: 'a@mail.example' } };
	await world.control.add(
		exam('old', 2, who),
		exam('new', 300, who),
		exam('renewed', 3),
		{
			gfe_id: 'open',
			requested_treatments: ['Botox'],
			patient_details: { ...details, email: 'renewed@mail.example' },
		},
		exam('other', 4),
	);
	expect(ids(await expiring())).toEqual(['other']);
});

it('says where Check Clearance cannot tell whose visits these are', async () => {
	const twin = (gfeId: string, dob: string) =>
		exam(gfeId, 2, { patient_details: { ...details, email: 'family@mail.example', dob } });
	await world.control.add(twin('a', '1987-11-23'), twin('b', '2015-06-01'), exam('c', 3));
	const items = await expiring();
	expect(items.map(({ gfe_id, ambiguous }) => [gfe_id, ambiguous])).toEqual([
		['a', true],
		['b', true],
		['c', undefined],
	]);
	expect(items[0]?.summary).toContain('cannot be told apart');
});

it('several locations are one question', async () => {
	const who = { patient_details: { ...details, email: 'a@mail.example' } };
	await world.control.add(
		exam('here', 2, who),
		exam('there', 300, { ...who, location_id: 'loc_uptown' }),
		exam('only', 3, { location_id: 'loc_uptown' }),
	);
	expect(ids(await expiring())).toEqual(['here']);
	expect(ids(await expiring({}, 'emr', 'loc_downtown, loc_uptown'))).toEqual(['only']);
});

it('people whom nothing tells apart are not taken for one', async () => {
	const nobody = { patient_details: { ...details, email: null, dob: null } };
	const open: PartialVisit = {
		...nobody,
		gfe_id: 'open',
		status: 'Processing',
		requested_treatments: ['Botox'],
	};
	await world.control.add(exam('a', 2, nobody), open, exam('b', 300, nobody));
	const items = await expiring();
	expect(items.map(({ gfe_id, ambiguous }) => [gfe_id, ambiguous])).toEqual([['a', true]]);
});

it('with a Client key by the dates of own records, as field or option', async () => {
	await world.control.add(exam('soon', 2), exam('undated', 2));
	expect(await expiring({}, 'client')).toEqual([]);
	const evaluationDates = JSON.stringify([{ gfe_id: 'soon', event_time: endsIn(2) }]);
	for (const given of [{ evaluationDates }, { options: { evaluationDates } }]) {
		const items = await expiring(given, 'client');
		expect(items).toMatchObject([{ gfe_id: 'soon', days_left: 2 }]);
	}
});

it.each<[INodeParameters, RegExp]>([
	[{ withinDays: -1 }, /'Ends Within \(Days\)' must be a whole number/],
	[{ withinDays: '={{ $json.nowhere }}' }, /'Ends Within \(Days\)'/],
	[{ options: { endedWithinDays: 1.5 } }, /'Ended Within \(Days\)'/],
	[{ options: { validityMonths: 0 } }, /'Validity \(Months\)'/],
	[{ options: { treatments: '={{ $json.nowhere }}' } }, /'Treatments' is empty/],
	[{ options: { treatments: 'Botx' } }, /Botx/],
	[{ locationId: 'loc_downtown, loc_other_emr' }, /location/],
])('%j is refused', async (parameters, message) => {
	expect((await run(parameters)).error?.message).toMatch(message);
});

it.each(['={{ $json.nowhere }}', '={{ null }}'])(
	'dates of an expression that finds nothing (%s) are refused',
	async (evaluationDates) => {
		await world.control.add(exam('soon', 2));
		for (const given of [{ evaluationDates }, { options: { evaluationDates } }]) {
			const { error } = await run(given, 'client');
			expect(error?.message).toContain("'Evaluation Dates' is empty");
		}
		expect(await expiring({ evaluationDates: '={{ [] }}' }, 'client')).toEqual([]);
	},
);
