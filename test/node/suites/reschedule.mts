import { DateTime } from 'luxon';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import {
	plainBooking,
	expectPrivate,
	PATIENT,
	patientItem,
	secretIn,
} from '../support/patient.mts';
import { succeeded, useSimulator } from '../support/world.mts';

/** The table of At-Home Visit > Reschedule, row by row. */
const world = useSimulator();

const move = (
	options: INodeParameters = {},
	parameters: INodeParameters = {},
	{ items = [patientItem()], ...rest }: IDataObject = {},
) =>
	world.run(
		'emr',
		'atHomeVisit',
		'reschedule',
		{ ...plainBooking, gfeId: 'v1', options, ...parameters },
		{ items: items as IDataObject[], ...rest },
	);
const patient_details = {
	first_name: PATIENT.firstName,
	last_name: PATIENT.lastName,
	email: PATIENT.email,
};
const visit = (status: string, rest: object = {}) =>
	world.control.add({
		gfe_id: 'v1',
		status,
		requested_treatments: ['Botox'],
		patient_details,
		...rest,
	});
const exam = (decision: string, evaluation_completed = '2026-10-01T10:00:00Z') =>
	visit('Completed', { decisions: { Botox: decision }, evaluation_completed });
const writes = async () =>
	(await world.control.sent())
		.filter((line) => !line.startsWith('GET'))
		.map((line) => line.slice(0, 5));
const statuses = async () =>
	Object.fromEntries((await world.control.visits()).map(({ gfe_id, status }) => [gfe_id, status]));

describe('an open visit', () => {
	it.each(['Processing', 'Scheduled', 'Not Completed'])('%s is replaced', async (status) => {
		await visit(status);
		const [json] = succeeded(await move());
		expect(json).toMatchObject({
			...{ result: 'requested_again', created: true },
			...{ previous_gfe_id: 'v1', previous_status: status, requested_treatments: ['Botox'] },
		});
		expect(json?.gfe_id).not.toBe('v1');
		expect(await writes()).toEqual(['PATCH', 'POST ']);
		expect(await statuses()).toMatchObject({ v1: 'Cancelled by client' });
	});

	it('is kept with Keep It', async () => {
		await visit('Processing');
		const [json] = succeeded(await move({ ifOpen: 'keep' }));
		expect(json).toMatchObject({ result: 'kept_open', created: false, gfe_id: 'v1' });
		expect(await writes()).toEqual([]);
	});

	it.each(['Pending Review', 'Waiting'])('%s cannot be canceled, so it is kept', async (status) => {
		await visit(status);
		const [json] = succeeded(await move());
		expect(json).toMatchObject({ result: 'kept_open', created: false, previous_status: status });
		expect(await world.control.visits()).toHaveLength(1);
		expect(await world.control.contacts()).toEqual([]);
	});

	describe('that went on after it was read', () => {
		/** As the visit and the list were until a moment ago. */
		const wasOpen = async () => {
			const details = { name: `${PATIENT.firstName} ${PATIENT.lastName}`, email: PATIENT.email };
			const open = {
				...{ gfe_id: 'v1', status: 'Processing', requested_treatments: ['Botox'] },
				patient_details: details,
			};
			const once = { kind: 'status', status: 200, times: 1 } as const;
			await world.control.faults(
				{ ...once, match: { path: '/visits/v1' }, body: { success: true, data: open } },
				{ ...once, match: { path: '/gfes/' }, body: { success: true, gfes: [open] } },
			);
		};

		it.each([
			['approved', 'still_cleared'],
			['deferred', 'not_cleared_then'],
		])('%s since: %s, by the decision', async (decision, result) => {
			await exam(decision);
			await wasOpen();
			const [json] = succeeded(await move());
			expect(json).toMatchObject({ result, created: false, gfe_id: 'v1' });
			expect(json?.treatments).toMatchObject([{ decision }]);
			expect(await world.control.contacts()).toEqual([]);
		});

		it('rejected since: it is requested again', async () => {
			await visit('Rejected');
			await wasOpen();
			const [json] = succeeded(await move());
			expect(json).toMatchObject({ result: 'requested_again', created: true });
		});
	});

	it('of which the cancel is not confirmed is an error, and nothing is created', async () => {
		await visit('Processing');
		const answer = { gfe_id: 'v1', status: 'Processing' };
		await world.control.faults({
			match: { method: 'PATCH' },
			kind: 'status',
			status: 200,
			body: answer,
		});
		expect((await move()).error?.message).toContain('is not canceled');
		expect(await world.control.contacts()).toEqual([]);
	});

	it('another open visit of the patient is returned, and this one stays', async () => {
		await visit('Processing');
		await world.control.add({ gfe_id: 'v2', requested_treatments: ['Botox'], patient_details });
		const [json] = succeeded(await move());
		expect(json).toMatchObject({ result: 'open_visit', gfe_id: 'v2', previous_gfe_id: 'v1' });
		expect(await writes()).toEqual([]);
	});

	it('what cannot be requested is found before anything is canceled', async () => {
		await visit('Processing');
		for (const parameters of [
			{ treatments: 'Botx' },
			{ phone: '12' },
			{ onExisting: '={{ 1 }}' },
			{ options: { reference: '={{ [] }}' } },
		]) {
			expect((await move({}, parameters as INodeParameters)).error).toBeDefined();
		}
		expect(await statuses()).toEqual({ v1: 'Processing' });
	});

	it.each(['return', 'create'])(
		'a location that Spakinect does not know is found before anything is canceled, with %s',
		async (onExisting) => {
			await visit('Processing');
			const { error } = await move({}, { locationId: 'loc_nowhere', onExisting });
			expect(error?.message).toBe('Location not found (404)');
			expect(await writes()).toEqual([]);
			expect(await statuses()).toEqual({ v1: 'Processing' });
		},
	);

	it('a menu that an expression leaves without treatments changes nothing', async () => {
		await visit('Processing');
		const serviceMenu = { table: [{ rows: '={{ [{ service: "Tox", treatments: $json.no }] }}' }] };
		const { error } = await move({ serviceMenu }, { treatments: 'Tox' });
		expect(error?.message).toContain('whose treatments are missing: "Tox"');
		expect(await writes()).toEqual([]);
	});

	it('services that need no exam leave it as it is', async () => {
		await visit('Processing');
		const serviceMenu = { services: [{ service: 'Facial', treatments: [] }] };
		const [json] = succeeded(await move({ serviceMenu }, { treatments: 'Facial' }));
		expect(json).toMatchObject({ result: 'no_exam_needed', gfe_id: null, previous_gfe_id: 'v1' });
		expect(await writes()).toEqual([]);
	});
});

describe('a completed visit', () => {
	it('that clears the patient at the new time needs nothing', async () => {
		await exam('approved');
		const [json] = succeeded(await move());
		expect(json).toMatchObject({
			...{ result: 'still_cleared', created: false, gfe_id: 'v1' },
			treatments: [{ treatment: 'Botox', cleared: true, gfe_id: 'v1' }],
		});
		expect(await writes()).toEqual([]);
	});

	it.each([
		['deferred', '2026-10-01T10:00:00Z'],
		['conditionally_approved', '2026-10-01T10:00:00Z'],
		['approved', '2026-01-01T10:00:00Z'],
	])('%s on %s does not', async (decision, evaluated) => {
		await exam(decision, evaluated);
		const [json] = succeeded(await move());
		expect(json).toMatchObject({ result: 'not_cleared_then', created: false });
		expect(json?.treatments).toMatchObject([{ cleared: false }]);
		expect(await writes()).toEqual([]);
	});

	it.each([
		['of the completed exam', 'Completed', {}, "The patient of 'GFE ID' is ambiguous"],
		...['Completed', 'Processing', 'Cancelled'].map(
			(status) =>
				[
					`of a visit that is ${status}, with Skip If Cleared`,
					status,
					{ skipIfCleared: true, ifNotCleared: 'request' },
					status === 'Completed' ? "of 'GFE ID' is ambiguous" : "ambiguous for 'Skip If Cleared'",
				] as const,
		),
	] as const)(
		'an ambiguous patient %s is an error whose advice can be followed',
		async (_, status, options, message) => {
			const { email, ...name } = patient_details;
			const decided = { decisions: { Botox: 'approved' } as never, status: 'Completed' };
			await (status === 'Completed' ? exam('approved') : visit(status));
			await world.control.add(
				...['1987-11-23', '2001-01-01'].map((dob) => ({
					...{ ...decided, requested_treatments: ['Botox'] },
					patient_details: { ...name, email, dob },
				})),
			);
			const { error } = await move(options);
			expect(error?.message).toContain(message);
			const shown = `${error?.message} ${error?.description}`;
			expect(shown).not.toMatch(/'(Patient|Email|Date of Birth)'/);
			expect(secretIn(shown)).toBe('');
			expect(await writes()).toEqual([]);
		},
	);

	it('is requested again if the user chose so', async () => {
		await exam('deferred');
		const [json] = succeeded(await move({ ifNotCleared: 'request' }));
		expect(json).toMatchObject({ result: 'requested_again', created: true, previous_gfe_id: 'v1' });
		expect(await writes()).toEqual(['POST ']);
	});
});

describe('the same move in two runs at once', () => {
	it('contacts the patient once, and the second run gets the visit of the first', async () => {
		await visit('Processing');
		await world.control.faults({ match: { path: '/visits/v1' }, kind: 'delay', delayMs: 300 });
		const runs = await Promise.all([move(), move()]);
		const results = runs.map((one) => succeeded(one)[0]!);
		expect(results.map(({ result }) => result).sort()).toEqual(['open_visit', 'requested_again']);
		expect(new Set(results.map(({ gfe_id }) => gfe_id)).size).toBe(1);
		expect((await writes()).filter((line) => line === 'POST ')).toHaveLength(1);
	});

	it('also if the second starts after the cancel of the first', async () => {
		await visit('Processing');
		await world.control.faults({ match: { method: 'POST' }, kind: 'delay', delayMs: 1_000 });
		const first = move();
		while ((await statuses()).v1 === 'Processing') {
			await new Promise((done) => setTimeout(done, 20));
		}
		const results = [succeeded(await move())[0]!, succeeded(await first)[0]!];
		expect(results.map(({ result }) => result)).toEqual(['open_visit', 'requested_again']);
		expect((await writes()).filter((line) => line === 'POST ')).toHaveLength(1);
	});

	it('also with Create Another, if both saw the visit open', async () => {
		await visit('Processing');
		const open = {
			...{ gfe_id: 'v1', status: 'Processing', requested_treatments: ['Botox'] },
			patient_details,
		};
		await world.control.faults({
			...{ match: { path: '/visits/v1' }, kind: 'status', status: 200, times: 2 },
			body: { success: true, data: open },
		});
		const all = { onExisting: 'create' };
		const runs = [await move({}, all), await move({}, all)];
		const results = runs.map((one) => succeeded(one)[0]?.result);
		expect(results.sort()).toEqual(['open_visit', 'requested_again']);
	});

	it('a visit that was canceled before is requested again with Create Another, whatever is open', async () => {
		await visit('Cancelled by client');
		await world.control.add({ gfe_id: 'v2', requested_treatments: ['Botox'], patient_details });
		const [json] = succeeded(await move({}, { onExisting: 'create' }));
		expect(json).toMatchObject({ result: 'requested_again', created: true });
	});
});

describe('Previous Appointment Time', () => {
	const appointmentTime = String(plainBooking.appointmentTime);
	const at = DateTime.fromISO(appointmentTime, { zone: 'America/New_York' });

	it.each([
		['as the row has it', at.toUTC().toISO()],
		['without a zone', appointmentTime],
		['in seconds', at.toSeconds()],
	])('the same one %s: nothing is changed, whatever the visit is', async (_how, previousTime) => {
		for (const status of ['Processing', 'Completed', 'Cancelled by client']) {
			await world.control.reset();
			await visit(status);
			const [json] = succeeded(await move({ previousTime }));
			expect(json).toMatchObject({
				...{ result: 'same_time', created: false, gfe_id: 'v1', previous_status: status },
				...{ appointment_at: at.toUTC().toISO(), treatments_text: 'Botox' },
			});
			expect(secretIn(json?.summary)).toBe('');
			expect(await writes()).toEqual([]);
		}
	});

	it.each([
		['another', at.plus({ hours: 1 }).toISO()],
		['none', ''],
		['no row', null],
	])('%s: the visit is replaced', async (_what, previousTime) => {
		await visit('Processing');
		const [json] = succeeded(await move({ previousTime }));
		expect(json?.result).toBe('requested_again');
	});

	it.each([
		['what is no time', 'soon'],
		['an expression that finds nothing', '={{ $json.misspelled }}'],
	])('%s is an error that names the field, and nothing is changed', async (_what, previousTime) => {
		await visit('Processing');
		const { error } = await move({ previousTime });
		expect(error?.message).toContain("'Previous Appointment Time'");
		expect(await writes()).toEqual([]);
	});
});

describe('Treatments left empty', () => {
	const both = ['Botox', 'Dermal Filler'];

	it.each([
		['the list', []],
		['a text', ''],
	])('(%s): those of the visit are requested', async (_how, treatments) => {
		await visit('Processing', { requested_treatments: both });
		const [json] = succeeded(await move({}, { treatments }));
		expect(json).toMatchObject({ result: 'requested_again', requested_treatments: both });
		expect((await world.control.visits()).at(-1)?.requested_treatments).toEqual(both);
	});

	it('the clearance of all of them counts', async () => {
		await visit('Completed', {
			requested_treatments: both,
			decisions: { Botox: 'approved', 'Dermal Filler': 'deferred' },
			evaluation_completed: '2026-10-01T10:00:00Z',
		});
		const [json] = succeeded(await move({}, { treatments: [] }));
		expect(json?.result).toBe('not_cleared_then');
	});

	it.each([
		['an expression that finds nothing', '={{ $json.nothing }}', both],
		['an expression that gives an empty text', '={{ "" }}', both],
		['an expression that gives an empty list', '={{ [] }}', both],
		['and a visit without any', [], []],
	])('%s is an error, and nothing is changed', async (_what, treatments, requested_treatments) => {
		await visit('Processing', { requested_treatments });
		expect((await move({}, { treatments })).error?.message).toContain("'Treatments'");
		expect(await writes()).toEqual([]);
	});
});

it.each(['Cancelled by client', 'Rejected'])('%s: a new one is created', async (status) => {
	await visit(status);
	const [json] = succeeded(await move());
	expect(json).toMatchObject({ result: 'requested_again', previous_status: status });
	expect(await writes()).toEqual(['POST ']);
});

it.each([
	['another name', { ...patient_details, last_name: 'Other' }],
	['another email', { ...patient_details, email: 'other@mail.example' }],
	['no email', { ...patient_details, email: null }],
])('a visit of a patient with %s is left alone', async (_name, details) => {
	await visit('Processing', { patient_details: details });
	const result = await move();
	expect(result.error?.message).toContain('another patient');
	expect(await writes()).toEqual([]);
	expectPrivate(result);
});

describe('a treatment of the visit that has left the catalog', () => {
	const EMPTY = { treatments: [] };
	const visitWith = (status: string, ...requested_treatments: string[]) =>
		visit(status, { requested_treatments });

	it.each([
		['Processing', ['Retired Peel']],
		['Processing', ['Botox', 'Retired Peel']],
		['Rejected', ['Botox', 'Retired Peel']],
	])('%s, %j: an error before anything is canceled', async (status, treatments) => {
		await visitWith(status, ...treatments);
		const result = await move({}, EMPTY);
		expect(result.error?.message).toMatch(/'Treatments' contains names.*"Retired Peel"/);
		expect(await writes()).toEqual([]);
		expect(await statuses()).toEqual({ v1: status });
		expectPrivate(result);
	});

	it('is sent with Unknown Treatments = Send Anyway', async () => {
		await visitWith('Processing', 'Botox', 'Retired Peel');
		const [json] = succeeded(await move({ unknownTreatments: 'send' }, EMPTY));
		expect(json?.requested_treatments).toEqual(['Botox', 'Retired Peel']);
	});

	it('does not matter where the visit stays', async () => {
		await visitWith('Processing', 'Retired Peel');
		expect(succeeded(await move({ ifOpen: 'keep' }, EMPTY))[0]?.result).toBe('kept_open');
	});
});

describe('a create that fails after the cancel', () => {
	const POSTS = { method: 'POST', path: '/appointments' };
	const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

	it.each([
		['drop_after', 2, true],
		['drop_before', 1, true],
	] as const)(
		'%s: the error names the canceled GFE, and is unsure',
		async (kind, visits, unsure) => {
			await visit('Processing');
			await world.control.faults({ match: POSTS, kind, times: 1 });
			const result = await move({}, {}, { node });
			expect(result.error?.message).toContain('GFE v1 was canceled');
			expect(result.error?.message.includes('may have been created')).toBe(unsure);
			expect(await world.control.visits()).toHaveLength(visits);
			expect((await writes()).filter((line) => line === 'POST ')).toHaveLength(1);
			expectPrivate(result);
		},
	);

	it('a refusal is told with it, and Retry On Fail creates', async () => {
		await visit('Processing');
		await world.control.faults({ match: POSTS, kind: 'status', status: 400, times: 1 });
		const { error } = await move();
		expect(error?.message).toMatch(/GFE v1 was canceled.*\(400\)/);
		const [json] = succeeded(await move({}, {}, { node }));
		expect(json?.result).toBe('requested_again');
		expect(await world.control.contacts()).toHaveLength(2);
	});

	it("n8n's Retry button finds what may have been created", async () => {
		await visit('Processing');
		await world.control.faults({ match: POSTS, kind: 'drop_after', times: 1 });
		const failed = await move({}, {}, { executionId: 'r1' });
		const [json] = succeeded(await move({}, {}, { executionId: 'r2', retryOf: failed.run }));
		expect(json).toMatchObject({ result: 'open_visit', created: false });
		expect(await world.control.visits()).toHaveLength(2);
	});
});

describe('good and bad items together', () => {
	const items = ['v1', 'nowhere', 'v2', 'v1'].map((id) => patientItem({}, { id }));
	const run = async (onError: string) => {
		await visit('Processing');
		await world.control.add({
			gfe_id: 'v2',
			patient_details: { ...patient_details, last_name: 'X' },
		});
		return await move({}, { gfeId: '={{ $json.id }}' }, { items, node: { onError } });
	};

	it('Continue: the same booking twice is moved once', async () => {
		const { json } = await run('continueRegularOutput');
		expect(json.map(({ result }) => result)).toEqual([
			...['requested_again', undefined, undefined, 'open_visit'],
		]);
		expect(json[3]?.gfe_id).toBe(json[0]?.gfe_id);
		expect(await world.control.contacts()).toHaveLength(2);
	});

	it('error output', async () => {
		expect((await run('continueErrorOutput')).outputs.map(({ length }) => length)).toEqual([2, 2]);
	});

	it('stop', async () => {
		const { error } = await run('stopWorkflow');
		expect(error?.message).toContain('GFE not found');
		expect(error?.description).toContain('item 0: GFE');
	});
});

it('a Client key does not have it', async () => {
	const parameters = { ...plainBooking, gfeId: 'v1' };
	const { error } = await world.run('client', 'atHomeVisit', 'reschedule', parameters);
	expect(error?.message).toContain('needs an EMR API key');
});

it('no summary names the patient', async () => {
	await visit('Processing');
	const kept = succeeded(await move({ ifOpen: 'keep' }))[0]?.summary;
	const again = succeeded(await move())[0]?.summary;
	for (const summary of [kept, again]) {
		expect(secretIn(summary)).toBe('');
		expect(summary).toMatch(/v1.*\.$/);
	}
});
