import type { IDataObject } from 'n8n-workflow';
import type { PartialVisit } from '../support/control.mts';
import { succeeded, useSimulator } from '../support/world.mts';

const world = useSimulator();
const list = (parameters: IDataObject = {}) =>
	world.run('emr', 'gfe', 'getAll', {
		locationId: 'loc_downtown',
		returnAll: true,
		...(parameters as object),
	});
const ids = async (filters: IDataObject) =>
	succeeded(await list({ filters })).map(({ gfe_id }) => gfe_id);

const completed = (gfeId: string, rest: PartialVisit = {}): PartialVisit => ({
	gfe_id: gfeId,
	status: 'Completed',
	requested_treatments: ['Botox', 'Chemical Peel', 'IV Therapy', 'Dysport'],
	decisions: {
		Botox: 'approved',
		'Chemical Peel': 'conditionally_approved',
		'IV Therapy': 'deferred',
		Dysport: 'undecided',
		'RHA 3': 'approved',
	},
	evaluation_completed: '2026-05-02T07:00:00-07:00',
	...rest,
});

describe('filters look at the visit before it is shaped', () => {
	beforeEach(async () => {
		const person = (first_name: string, dob: string | null, email: string) => ({
			patient_details: { first_name, last_name: 'Müller', dob, email },
		});
		await world.control.add(
			completed('c1', {
				...person('Ada', '1990-04-25', 'ada@example.com'),
				requested_treatments: ['Botox'],
			}),
			completed('c2', {
				...person('Ben', null, 'BEN@example.com'),
				evaluation_completed: '2026-06-01T12:00:00-07:00',
			}),
			{
				gfe_id: 'p1',
				...person('Ada', null, 'ada@example.com'),
				requested_treatments: ['Microneedling'],
			},
		);
		await world.control.edit('p1', { status: 'Cancelled by client' });
	});

	it.each<[IDataObject, string[]]>([
		[{}, ['c1', 'c2', 'p1']],
		[{ statuses: ['completed'] }, ['c1', 'c2']],
		[{ statuses: ['COMPLETED', 'cancelled by client'] }, ['c1', 'c2', 'p1']],
		[{ statuses: ['Processing'] }, []],
		[{ patientEmail: ' Ben@Example.com ' }, ['c2']],
		[{ patientName: 'muller' }, ['c1', 'c2', 'p1']],
		[{ patientName: 'ada' }, ['c1', 'p1']],
		[{ dateOfBirth: '04/25/1990' }, ['c1']],
		[{ treatment: 'botox' }, ['c1', 'c2']],
		[{ treatment: 'rha 3' }, ['c1', 'c2']],
		[{ treatment: 'Peel' }, []],
		[{ completedAfter: '2026-05-02T14:00:00Z' }, ['c1', 'c2']],
		[{ completedAfter: '2026-05-02T14:00:01Z' }, ['c2']],
		[{ completedBefore: '2026-05-02T14:00:00Z' }, []],
		[{ completedBefore: '2026-06-01T00:00:00Z', patientName: 'Ada' }, ['c1']],
	])('%j', async (filters, expected) => {
		expect(await ids(filters)).toEqual(expected);
	});

	it('a date that is none names the field', async () => {
		expect((await list({ filters: { completedAfter: 'someday' } })).error?.message).toContain(
			"'Completed After'",
		);
		expect((await list({ filters: { dateOfBirth: '1990' } })).error?.message).toContain(
			"'Date of Birth'",
		);
	});

	it('the limit counts visits, not rows', async () => {
		const rows = succeeded(await list({ returnAll: false, limit: 2, output: 'treatments' }));
		expect(new Set(rows.map(({ gfe_id }) => gfe_id))).toEqual(new Set(['c1', 'c2']));
		expect(rows.length).toBeGreaterThan(2);
	});

	it.each([0, -1, 1.5, 'x'])('limit %j is refused', async (limit) => {
		expect(
			(await list({ returnAll: false, limit: `={{ ${JSON.stringify(limit)} }}` })).error?.message,
		).toContain("'Limit'");
	});
});

it.each([
	['patientEmail', 'Patient Email'],
	['patientName', 'Patient Name'],
	['dateOfBirth', 'Date of Birth'],
	['treatment', 'Treatment'],
	['completedAfter', 'Completed After'],
	['completedBefore', 'Completed Before'],
	['statuses', 'Statuses'],
])('an empty %s does not list everybody', async (name, label) => {
	const empty = ['={{ $json.nowhere }}', '={{ null }}', "={{ '' }}", "={{ '  ' }}", '', '\u200b'];
	for (const value of [...empty, ...(name === 'statuses' ? ["={{ ', ' }}", '={{ [] }}'] : [])]) {
		const filters = { [name]: value };
		const { error } = await world.run('emr', 'gfe', 'getAll', {
			locationId: 'loc_downtown',
			filters,
		});
		expect(error?.message).toBe(`'${label}' is empty`);
	}
	expect(await world.control.requests()).toEqual([]);
});
