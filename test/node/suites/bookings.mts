import type { IDataObject, INodeParameters } from 'n8n-workflow';
import {
	bookingParameters,
	inPersonParameters,
	PATIENT,
	patientItem,
	secretIn,
} from '../support/patient.mts';
import { succeeded, useSimulator } from '../support/world.mts';

/** Create with the options that hold the spa's rules: Service Menu and Skip If Cleared. */
const world = useSimulator();

const menu = (table: unknown): INodeParameters => ({
	serviceMenu: { table: [{ rows: `={{ ${JSON.stringify(table).replaceAll('}}', '} }')} }}` }] },
});
const book = (
	key: 'emr' | 'client',
	treatments: unknown,
	options: INodeParameters = {},
	rest: IDataObject = {},
) => {
	const { items = [patientItem()], node, kind, ...changes } = rest;
	const parameters = kind === 'inPersonVisit' ? inPersonParameters : bookingParameters;
	return world.run(
		key,
		(kind as string | undefined) ?? 'atHomeVisit',
		'create',
		{
			...parameters,
			treatments: treatments as string,
			options,
			...changes,
		},
		{ items: items as IDataObject[], node: node as object },
	);
};
const patient_details = {
	first_name: PATIENT.firstName,
	last_name: PATIENT.lastName,
	email: PATIENT.email,
	dob: PATIENT.dateOfBirth,
};
/** The appointment is in March 2027. */
const exam = (
	gfe_id: string,
	decisions: IDataObject,
	evaluation_completed = '2026-10-01T10:00:00Z',
) =>
	world.control.add({
		...{ gfe_id, status: 'Completed', requested_treatments: Object.keys(decisions) },
		decisions: decisions as never,
		...{ evaluation_completed, patient_details },
	});
const posts = async () => (await world.control.sent()).filter((line) => line.startsWith('POST'));
const lists = async () => (await world.control.sent()).filter((line) => line.includes('/gfes'));

describe.each(['emr', 'client'] as const)('Service Menu with the %s key', (key) => {
	const rows = [
		{ service: 'Lip Flip', treatments: 'Botox' },
		{ service: 'Glow, deluxe', treatments: ['Chemical Peel', 'trt_dermal_filler'] },
		{ service: 'Facial', treatments: '' },
		{ service: 'Massage', treatments: null },
	];

	it.each<[string, unknown, string[]]>([
		['a service', 'lip  flip', ['Botox']],
		['several services', ['Lip Flip', 'Glow, Deluxe'], ['Botox', 'Chemical Peel', 'Dermal Filler']],
		['a text with a comma in a service', 'glow, deluxe', ['Chemical Peel', 'Dermal Filler']],
		['a service and a treatment', 'Lip Flip, IV Therapy', ['Botox', 'IV Therapy']],
		['a service that needs no exam beside one that does', 'Facial, Lip Flip', ['Botox']],
		['a treatment twice', 'Lip Flip, botox', ['Botox']],
	])('%s', async (_, treatments, requested) => {
		const [json] = succeeded(await book(key, treatments, menu(rows)));
		expect(json).toMatchObject({ result: 'requested', requested_treatments: requested });
		expect((await world.control.visits())[0]?.requested_treatments).toEqual(requested);
	});

	it('treatments_text goes back into Treatments, also with a comma in a name', async () => {
		const names = ['Laser, Full Legs', 'Botox'];
		const data = names.map((name, index) => ({ id: `t${index}`, name }));
		const answers: Array<[string, object]> = [
			['/treatments', { success: true, data }],
			['/appointments', { success: true, gfe_id: 'g1' }],
		];
		await world.control.faults(
			...answers.map(([path, body]) => ({
				...{ match: { path }, kind: 'status' as const, status: 200, times: 2, body },
			})),
		);
		const [json] = succeeded(await book(key, names, {}));
		const again = succeeded(await book(key, String(json?.treatments_text), {}));
		expect(again[0]?.requested_treatments).toEqual(names);
	});

	it.each(['Facial', 'facial, Massage', ['MASSAGE']])('%j needs no exam', async (treatments) => {
		const [json] = succeeded(await book(key, treatments, menu(rows)));
		expect(json).toMatchObject({
			...{ result: 'no_exam_needed', created: false, gfe_id: null },
			...{ requested_treatments: [], skipped_treatments: [], treatments_text: '' },
		});
		expect(await posts()).toEqual([]);
		expect(await lists()).toEqual([]);
	});

	it.each([
		['what is in neither', 'Lip Flop', rows, 'Lip Flop'],
		[
			'a treatment of the menu that the catalog lacks',
			'X',
			[{ service: 'X', treatments: 'Botx' }],
			'Botx',
		],
		['a row without a service', 'X', [{ treatments: 'Botox' }], "'Service Menu'"],
		['a row without treatments', 'X', [{ service: 'X' }], "'Service Menu'"],
		['a row that is none', 'X', ['X'], "'Service Menu'"],
		[
			'a text that is a service as a whole and in parts something else',
			'Consultation, Botox',
			{ 'Consultation, Botox': [], Consultation: [] },
			'more than one way',
		],
		['no service at all', '', rows, 'is empty'],
	])('%s is an error, and nothing is sent', async (_, treatments, table, message) => {
		const { error } = await book(key, treatments, menu(table));
		expect(error?.message).toContain(message);
		expect(await posts()).toEqual([]);
	});

	it.each<[string, INodeParameters]>([
		...[
			...['={{ $json.nowhere }}', '={{ null }}', '={{ "" }}', '={{ [$json.nowhere] }}'],
			...['={{ ["Botox", $json.nowhere] }}', '={{ "Botox, " + $json.nowhere }}', '={{ [null] }}'],
			['={{ $json.nowhere }}'],
			['Botox', '={{ $json.nowhere }}'],
		].map((treatments): [string, INodeParameters] => [
			`a row of the panel with ${JSON.stringify(treatments)}`,
			{ services: [{ service: 'Flip', treatments }] },
		]),
		...[
			...['{ Flip: $json.nowhere }', '{ Flip: [$json.nowhere] }', '{ Flip: ["Botox", null] }'],
			...['[{ service: "Flip", treatments: $json.nowhere }]', '[{ service: "Flip" }]'],
			...['[{ service: "Flip", treatment: $json.nowhere }]', '[{ json: { service: "Flip" } }]'],
			'[{ service: "Flip", treatments: [$json.nowhere] }]',
			'[{ service: "Flip", treatment: "Botox", treatments: $json.nowhere }]',
			'[{ json: { service: "Flip", treatments: ["Botox", $json.nowhere] } }]',
			'JSON.stringify([{ service: "Flip", treatments: $json.nowhere }])',
			'JSON.stringify({ Flip: [$json.nowhere] })',
		].map((rows): [string, INodeParameters] => [
			`the table ${rows}`,
			{ table: [{ rows: `={{ ${rows.replaceAll('}}', '} }')} }}` }] },
		]),
	])('%s is an error that names the row, and nothing is sent', async (_, serviceMenu) => {
		for (const kind of key === 'emr' ? ['atHomeVisit', 'inPersonVisit'] : ['atHomeVisit']) {
			const { error } = await book(key, 'Flip', { serviceMenu }, { kind });
			expect(error?.message).toMatch(
				/'Service Menu' has a row whose treatments are missing: "Flip"/,
			);
		}
		expect(await posts()).toEqual([]);
	});

	it.each(['={{ $json.nowhere }}', '={{ null }}', '={{ "" }}'])(
		'a table of %s is an error, and nothing is sent',
		async (rows) => {
			const { error } = await book(key, 'Botox', { serviceMenu: { table: [{ rows }] } });
			expect(error?.message).toContain("'Service Menu' has a table without rows");
			expect(await posts()).toEqual([]);
		},
	);

	it('a table that was never touched, or has no rows, is no menu', async () => {
		for (const table of [[{}], [{ rows: '={{ [] }}' }]]) {
			const [json] = succeeded(await book(key, 'Botox', { serviceMenu: { table } }));
			expect(json?.requested_treatments).toEqual(['Botox']);
		}
	});

	it('a service may begin like a JSON array', async () => {
		const [json] = succeeded(await book(key, '[VIP] Glow', menu({ '[VIP] Glow': 'Botox' })));
		expect(json?.requested_treatments).toEqual(['Botox']);
	});

	it('a treatment that the catalog lacks is an error of the menu, not of the booking', async () => {
		const rows = { Flip: 'Botx' };
		const { error } = await book(key, 'Flip', menu(rows));
		expect(error?.message).toMatch(/^'Service Menu' .*"Flip".*"Botx" \(did you mean "Botox"\?\)/);
		const unknown = await book(key, 'Flop', menu(rows));
		expect(unknown.error?.message).toMatch(/^'Treatments' .*'Service Menu'.*"Flop"/);
	});

	it('a row of the panel whose treatments were never touched needs no exam', async () => {
		const [json] = succeeded(
			await book(key, 'Gift card', { serviceMenu: { services: [{ service: 'Gift card' }] } }),
		);
		expect(json?.result).toBe('no_exam_needed');
	});

	it.each<[string, INodeParameters]>([
		[
			'rows of the panel',
			{ serviceMenu: { services: [{ service: 'Flip', treatments: ['Botox'] }] } },
		],
		['n8n items', menu([{ json: { service: 'Flip', treatments: 'Botox' } }])],
		['one row for each treatment', menu([{ service: 'Flip', treatment: 'Botox' }])],
		['an object of services', menu({ Flip: ['Botox'], Facial: null })],
		[
			'JSON text',
			{ serviceMenu: { table: [{ rows: '[{"service":"Flip","treatments":"Botox"}]' }] } },
		],
	])('given as %s', async (_, options) => {
		const [json] = succeeded(await book(key, 'Flip', options));
		expect(json?.requested_treatments).toEqual(['Botox']);
	});
});

describe('Skip If Cleared', () => {
	const skip = { skipIfCleared: true };

	it('leaves out what is cleared at the appointment, and requests the rest', async () => {
		await exam('old', { Botox: 'approved', 'Dermal Filler': 'deferred' });
		const [json] = succeeded(await book('emr', 'Botox, Dermal Filler', skip));
		expect(json).toMatchObject({
			result: 'requested',
			requested_treatments: ['Dermal Filler'],
			skipped_treatments: [
				{
					...{ treatment: 'Botox', reason: 'approved', gfe_id: 'old' },
					expires_at: expect.stringMatching(/^2027-10-01T/),
				},
			],
		});
		expect(await posts()).toHaveLength(1);
		expect(await lists()).toHaveLength(1);
	});

	it('sends nothing if all is cleared', async () => {
		await exam('old', { Botox: 'approved' });
		const [json] = succeeded(await book('emr', 'Botox', skip));
		expect(json).toMatchObject({ result: 'already_cleared', created: false, gfe_id: null });
		expect(json?.requested_treatments).toEqual([]);
		expect(await posts()).toEqual([]);
	});

	it.each([
		[
			'an approval that ends before the appointment',
			{ Botox: 'approved' },
			'2026-02-01T10:00:00Z',
			skip,
		],
		[
			'a shorter validity',
			{ Botox: 'approved' },
			'2026-10-01T10:00:00Z',
			{ ...skip, validityMonths: 2 },
		],
		['a condition', { Botox: 'conditionally_approved' }, '2026-10-01T10:00:00Z', skip],
		['the option off', { Botox: 'approved' }, '2026-10-01T10:00:00Z', {}],
	])('with %s the exam is requested', async (_, decisions, evaluated, options) => {
		await exam('old', decisions, evaluated);
		expect(succeeded(await book('emr', 'Botox', options))[0]?.result).toBe('requested');
	});

	it('in person, cleared means now, and the list serves the duplicate guard too', async () => {
		await exam('old', { Botox: 'approved' });
		const items = [patientItem(), patientItem()];
		const rest = { kind: 'inPersonVisit', items, onExisting: 'return' };
		const json = succeeded(await book('emr', 'Botox, IV Therapy', skip, rest));
		expect(json.map(({ result }) => result)).toEqual(['requested', 'open_visit']);
		expect(json[1]?.requested_treatments).toEqual(['IV Therapy']);
		expect(await lists()).toHaveLength(1);
	});

	it('a Client key needs the dates of own records', async () => {
		await exam('old', { Botox: 'approved' });
		expect(succeeded(await book('client', 'Botox', skip))[0]?.result).toBe('requested');
		const dates = '={{ [{ gfe_id: "old", event_time: "2026-10-01T10:00:00Z" }] }}';
		const [json] = succeeded(await book('client', 'Botox', { ...skip, evaluationDates: dates }));
		expect(json?.result).toBe('already_cleared');
	});

	const dates = ['a', 'b'].map((gfe_id) => ({ gfe_id, event_time: '2026-10-01T10:00:00Z' }));
	const withDates = { ...skip, evaluationDates: `={{ ${JSON.stringify(dates)} }}` };
	const other = (who: object) =>
		world.control.add({
			...{ gfe_id: 'b', status: 'Completed', requested_treatments: ['Botox'] },
			...{ decisions: { Botox: 'deferred' }, evaluation_completed: '2026-11-01T10:00:00Z' },
			patient_details: { ...patient_details, ...who } as never,
		});

	it.each<[string, 'emr' | 'client', INodeParameters, IDataObject, object]>([
		['at home: two dates of birth', 'emr', skip, {}, { dob: '2001-01-01' }],
		['at home: neither address nor date', 'emr', skip, {}, { dob: null, email: null }],
		['with a Client key', 'client', withDates, {}, { dob: '2001-01-01' }],
		['with a Client key: neither', 'client', withDates, {}, { dob: null, email: null }],
		['in person', 'emr', skip, { kind: 'inPersonVisit' }, { dob: null, email: 'q@other.example' }],
	])(
		'an ambiguous patient is an error whose advice can be followed: %s',
		async (_, key, options, rest, who) => {
			await exam('a', { Botox: 'approved' });
			await other(who);
			const { error } = await book(key, 'Botox', options, rest);
			expect(error?.message).toContain("is ambiguous for 'Skip If Cleared'");
			const shown = `${error?.message} ${error?.description}`;
			expect(shown).not.toMatch(/'(Patient|Email|Date of Birth)'/);
			expect(secretIn(shown)).toBe('');
			expect(await posts()).toEqual([]);
			// The advice: without the option, the exam is requested.
			expect(succeeded(await book(key, 'Botox', {}, rest))[0]?.result).toBe('requested');
		},
	);

	it('a list that cannot be read is an error', async () => {
		await world.control.faults({ match: { path: '/gfes' }, kind: 'status', status: 500 });
		expect((await book('emr', 'Botox', skip)).error?.message).toContain('(500)');
		expect(await posts()).toEqual([]);
	});

	it('an expression that gives neither true nor false is an error', async () => {
		const { error } = await book('emr', 'Botox', { skipIfCleared: '={{ "maybe" }}' });
		expect(error?.message).toContain("'Skip If Cleared'");
	});
});

describe('good and bad items together', () => {
	const items = [
		patientItem({}, { service: 'Lip Flip' }),
		patientItem({}, { service: 'Facial' }),
		patientItem({}, { service: 'Unknown' }),
		patientItem({}, { service: 'Lip Flip' }),
		patientItem({ phone: 'none' }, { service: 'Lip Flip' }),
	];
	const run = (onError: string) =>
		book('emr', '={{ $json.service }}', menu({ 'Lip Flip': 'Botox', Facial: null }), {
			...{ items, onExisting: 'return', node: { onError } },
		});

	it('Continue: each in its place, and two bookings of one person see each other', async () => {
		const { json, outputs } = await run('continueRegularOutput');
		expect(json.map(({ result }) => result)).toEqual([
			...['requested', 'no_exam_needed', undefined, 'open_visit', undefined],
		]);
		expect(json[3]?.gfe_id).toBe(json[0]?.gfe_id);
		expect(outputs[0]?.map(({ error }) => error !== undefined)).toEqual([
			...[false, false, true, false, true],
		]);
		expect(await posts()).toHaveLength(1);
	});

	it('error output', async () => {
		const { outputs } = await run('continueErrorOutput');
		expect(outputs.map((output) => output.length)).toEqual([3, 2]);
	});

	it('stop', async () => {
		const { error } = await run('stopWorkflow');
		expect(error?.message).toContain('Unknown');
		expect(error?.description).toContain('item 0: GFE');
	});
});

it('no summary names the patient', async () => {
	await exam('old', { Botox: 'approved' });
	const all = menu({ Facial: null });
	const summaries: unknown[] = [];
	for (const [treatments, options] of [
		['Botox', {}],
		['Botox', { skipIfCleared: true }],
		['Botox, IV Therapy', { skipIfCleared: true }],
		['Facial', all],
		['Botox', {}],
	] as const) {
		const rest = { onExisting: 'return' };
		summaries.push(succeeded(await book('emr', treatments, options, rest))[0]?.summary);
	}
	expect(summaries).toHaveLength(5);
	expect(new Set(summaries).size).toBe(5);
	for (const summary of summaries) {
		expect(secretIn(summary)).toBe('');
		expect(summary).toMatch(/^[A-Z].*\.$/);
	}
});
