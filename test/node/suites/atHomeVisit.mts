import { DateTime } from 'luxon';
import { bookingParameters, expectPrivate, patientItem, QUOTING } from '../support/patient.mts';
import type { Fault } from '../../../sandbox/simulator/index.mts';
import { succeeded, useSimulator } from '../support/world.mts';

const world = useSimulator();
const book = (key: 'emr' | 'client', parameters = {}, rest = {}) =>
	world.run(
		key,
		'atHomeVisit',
		'create',
		{ ...bookingParameters, ...parameters },
		{ items: [patientItem()], ...rest },
	);

describe.each(['emr', 'client'] as const)('create with the %s key', (key) => {
	it('sends the normalized booking and echoes it', async () => {
		const [json] = succeeded(
			await book(key, {
				treatments: '  botox , trt_dermal_filler,BOTOX',
				options: { reference: 'booking-7' },
			}),
		);
		const [visit] = await world.control.visits();
		expect(json).toEqual({
			gfe_id: visit?.gfe_id,
			created: true,
			result: 'requested',
			summary: `GFE ${visit?.gfe_id} was requested for Botox and Dermal Filler for the appointment on March 9, 2027, 2:30 PM EST.`,
			skipped_treatments: [],
			...{ all_approved: null, evaluation_completed: null, event_id: null },
			patient_details: {
				first_name: 'Quillon',
				last_name: 'Vanterpool',
				email: 'quillon.v@mail.example',
				phone: '+12025550147',
			},
			location_id: 'loc_downtown',
			appointment_time: DateTime.fromISO('2027-03-09T14:30:00', {
				zone: 'America/New_York',
			}).toSeconds(),
			requested_treatments: ['Botox', 'Dermal Filler'],
			treatments_text: 'Botox, Dermal Filler',
			appointment_at: '2027-03-09T19:30:00.000Z',
			reference: 'booking-7',
		});
		expect(visit).toMatchObject({
			kind: 'at_home',
			requested_treatments: ['Botox', 'Dermal Filler'],
		});
		expect(await world.control.contacts()).toHaveLength(2);
		expect(JSON.stringify(await world.control.requests())).not.toContain('booking-7');
	});

	it('reads the time in the option, then in the workflow', async () => {
		const seconds = async (options: object, rest: object) =>
			succeeded(await book(key, { options }, rest))[0]?.appointment_time;
		const inNewYork = await seconds({}, {});
		expect(await seconds({ timezone: 'America/Los_Angeles' }, {})).toBe(
			Number(inNewYork) + 3 * 3600,
		);
		expect(await seconds({}, { timezone: 'America/Chicago' })).toBe(Number(inNewYork) + 3600);
	});

	it.each([
		['locationId', '={{ "" }}', 'Location ID'],
		['firstName', ' ', 'First Name'],
		['lastName', 'x'.repeat(101), 'Last Name'],
		['email', 'nobody', 'Email'],
		['email', 'a..b@example.com', 'Email'],
		['phone', '555', 'Phone'],
		['appointmentTime', '2027-03-14T02:30:00', 'Appointment Time'],
		['treatments', '={{ [] }}', 'Treatments'],
		['treatments', 'Botx', 'Treatments'],
	])('%s = %j is refused before anything is sent', async (name, value, label) => {
		const { error } = await book(key, { [name]: value });
		expect(error?.message).toContain(`'${label}'`);
		expect((await world.control.sent()).filter((line) => line.startsWith('POST'))).toEqual([]);
	});

	it.each([
		['timezone', 'Timezone'],
		['defaultCountryCode', 'Default Country Code'],
	])('%s from an expression that finds nothing is not the standard', async (name, label) => {
		for (const value of ['={{ $json.nowhere }}', '={{ null }}', '={{ false }}']) {
			const { error } = await book(key, { options: { [name]: value } });
			expect(error?.message).toContain(`'${label}' is not a`);
		}
		expect(await world.control.visits()).toEqual([]);
		expect(succeeded(await book(key, { options: { [name]: '' } }))).toHaveLength(1);
	});

	it('sends what the catalog does not know only if told to', async () => {
		const unknown = { treatments: ['Botox', 'Moon Dust'] };
		expect((await book(key, unknown)).error?.message).toContain('"Moon Dust"');
		const send = { options: { unknownTreatments: 'send' } };
		expect(succeeded(await book(key, { ...unknown, ...send }))[0]?.requested_treatments).toEqual([
			'Botox',
			'Moon Dust',
		]);
	});
});

it('intake answers go with an EMR key and stay away with a Client key', async () => {
	const intakeAnswers = {
		allergies: 'latex, , penicillin',
		medications: 'none',
		pregnantBreastfeedingIvf: 'No',
	};
	const [emr] = succeeded(await book('emr', { intakeAnswers }));
	expect((await world.control.visits())[0]?.intake_answers).toEqual(emr?.intake_answers);
	expect(emr?.intake_answers).toEqual(
		expect.arrayContaining([
			{ question: 'allergies', answer: { selected: 'yes', items: ['latex', 'penicillin'] } },
			{ question: 'medications', answer: { selected: 'no', items: [] } },
			{ question: 'pregnant-breastfeeding-ivf', answer: 'No' },
		]),
	);
	expect(succeeded(await book('client', { intakeAnswers }))[0]).not.toHaveProperty(
		'intake_answers',
	);
});

it.each(['gfe_id', 'visit_id'])('takes the id as %s', async (field) => {
	const body = { success: true, [field]: 'v77' };
	await world.control.faults({ match: { method: 'POST' }, kind: 'status', status: 201, body });
	expect(succeeded(await book('emr'))[0]).toMatchObject({ gfe_id: 'v77', created: true });
});

it('a created visit without an id is unsure, not a success', async () => {
	await world.control.faults({
		match: { method: 'POST' },
		kind: 'status',
		status: 201,
		body: { success: true },
	});
	const result = await book('emr');
	expect(result.error?.message).toContain('visit may have been created');
	expectPrivate(result);
});

describe('get', () => {
	const get = (key: 'emr' | 'client', gfeId: string) =>
		world.run(key, 'atHomeVisit', 'get', { gfeId });

	it.each(['emr', 'client'] as const)('with the %s key', async (key) => {
		const [id = ''] = await world.control.add({
			status: 'Completed',
			requested_treatments: ['Botox'],
		});
		const [json] = succeeded(await get(key, ` ${id} `));
		expect(json).toMatchObject({ gfe_id: id, status_group: 'completed', all_approved: true });
		expect(json?.evaluation_completed === null).toBe(key === 'client');
	});

	it.each([
		['={{ null }}', /'GFE ID' is empty/, undefined],
		['unknown', /GFE not found \(404\)/, '404'],
	])('GFE ID %j', async (id, message, httpCode) => {
		const { error } = await get('emr', id);
		expect(error?.message).toMatch(message);
		expect(error?.httpCode ?? undefined).toBe(httpCode);
	});

	it('of a location that the key may not see', async () => {
		const [id = ''] = await world.control.add({ location_id: 'loc_other_emr' });
		const { error } = await get('emr', id);
		expect(error?.message).toContain('(403)');
		expect(error?.description).toContain('Edit Location > EMR System');
	});
});

it.each(['.', '..', '../gfes/loc_downtown', '%2e%2e'])(
	'GFE ID %j asks for nothing else at Spakinect',
	async (gfeId) => {
		for (const operation of ['get', 'cancel']) {
			const { error } = await world.run('emr', 'atHomeVisit', operation, { gfeId });
			expect(error?.message).toBe('GFE not found (404)');
		}
		expect(await world.control.sent()).toEqual([
			expect.stringMatching(/^GET \/emr\/visits\/[^/]*[^/.][^/]*$/),
			expect.stringMatching(/^PATCH \/emr\/appointments\/[^/]*[^/.][^/]*\/cancel$/),
		]);
	},
);

describe('cancel', () => {
	const cancel = (gfeId: string, options = {}) =>
		world.run('emr', 'atHomeVisit', 'cancel', { gfeId, options });
	const withStatus = async (status: string) => {
		const [id = ''] = await world.control.add({});
		await world.control.edit(id, { status });
		return id;
	};

	it.each(['Processing', 'Scheduled', 'Not Completed', 'processing'])('%s', async (status) => {
		const id = await withStatus(status);
		expect(succeeded(await cancel(id))).toEqual([
			{ gfe_id: id, status: 'Cancelled by client', cancelled: true, already_cancelled: false },
		]);
	});

	it.each(['Cancelled', 'Cancelled by client', 'canceled'])(
		'%s already is fine',
		async (status) => {
			const id = await withStatus(status);
			expect(succeeded(await cancel(id))).toEqual([
				{ gfe_id: id, status, cancelled: true, already_cancelled: true },
			]);
		},
	);

	it.each(['Completed', 'Rejected', 'Pending Review', 'Something New'])(
		'%s cannot be',
		async (status) => {
			const id = await withStatus(status);
			const { error } = await cancel(id);
			expect(error?.message).toContain(`its status is ${status}`);
			expect(error?.description).toContain("'If Not Cancellable'");
			expect(succeeded(await cancel(id, { ifNotCancellable: 'continue' }))).toEqual([
				{ gfe_id: id, status, cancelled: false, already_cancelled: false },
			]);
		},
	);

	it.each<[Fault, string, boolean, boolean]>([
		[{ kind: 'status', status: 409 }, 'Cancelled', true, true],
		[{ kind: 'status', status: 422 }, 'Cancelled', true, true],
		[{ kind: 'success_false' }, 'Cancelled', true, true],
		[{ kind: 'empty' }, 'Cancelled by client', true, false],
		[{ kind: 'html', status: 200 }, 'Completed', false, false],
		[{ kind: 'status', status: 200, body: { status: 'Processing' } }, 'Processing', false, false],
		[{ kind: 'success_false' }, 'Completed', false, false],
	])('after %j the visit tells: %s', async (fault, status, cancelled, already) => {
		const id = await withStatus(status);
		await world.control.faults({ match: { method: 'PATCH' }, ...fault });
		expect(succeeded(await cancel(id, { ifNotCancellable: 'continue' }))).toEqual([
			{ gfe_id: id, status, cancelled, already_cancelled: already },
		]);
		const { error } = await cancel(id);
		if (cancelled) expect(error).toBeUndefined();
		else expect(error?.message).toContain(`its status is ${status}`);
	});

	it('a status that is not known, or none, does not contradict', async () => {
		const id = await withStatus('Processing');
		for (const body of [{ success: true }, { status: 'Voided' }]) {
			await world.control.faults({ match: { method: 'PATCH' }, kind: 'status', status: 200, body });
			expect(succeeded(await cancel(id))[0]).toMatchObject({ cancelled: true });
		}
	});

	it('another failure stays a failure, whatever the option says', async () => {
		const result = await cancel('unknown', { ifNotCancellable: 'continue' });
		expect(result.error?.httpCode).toBe('404');
		await world.control.faults({
			match: { method: 'PATCH' },
			kind: 'status',
			status: 500,
			body: QUOTING,
		});
		const failed = await cancel(await withStatus('Processing'), { ifNotCancellable: 'continue' });
		expect(failed.error?.httpCode).toBe('500');
		expectPrivate(failed);
	});
});

it('get: an answer without its id is still the visit that was asked for', async () => {
	const body = { success: true, data: { status: 'Completed', approved_treatments: ['Botox'] } };
	await world.control.faults({ match: { path: '/visits' }, kind: 'status', status: 200, body });
	const get = (output: string) => world.run('emr', 'atHomeVisit', 'get', { gfeId: 'v1', output });
	for (const output of ['visit', 'treatments']) {
		expect(succeeded(await get(output))).toEqual([expect.objectContaining({ gfe_id: 'v1' })]);
	}
	expect(succeeded(await get('raw'))).toEqual([body.data]);
});

describe('an appointment that is odd is booked, with a warning above the output', () => {
	const hints = async (times: string[]) => {
		const items = times.map((time, index) =>
			patientItem({ firstName: `Ada${'abcdefghijkl'[index]}` }, { time }),
		);
		const result = await book('emr', { appointmentTime: '={{ $json.time }}' }, { items });
		expect(succeeded(result)).toHaveLength(times.length);
		return (result.run.data.resultData.runData.Spakinect ?? []).flatMap((run) => run.hints ?? []);
	};
	const soon = DateTime.now().plus({ days: 3 }).toISO();
	const thisMorning = DateTime.now().minus({ hours: 9 }).toISO();

	it('once for each kind, naming the items', async () => {
		const found = await hints([soon, thisMorning, soon, '2099-01-01T10:00', thisMorning]);
		expect(found.map(({ message }) => message)).toEqual([
			"'Appointment Time' is in the past (item 1, 4)",
			"'Appointment Time' is more than two years ahead (item 3)",
		]);
		expect(await hints([soon])).toEqual([]);
	});

	it('short, when there are many', async () => {
		const [hint] = await hints(Array.from({ length: 12 }, () => thisMorning));
		expect(hint?.message).toContain('(item 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more)');
	});
});

it.each(['2020-01-01T10:00', DateTime.now().minus({ hours: 25 }).toISO()])(
	'an appointment at %s is refused, since a day is enough for a booking that is entered late',
	async (appointmentTime) => {
		const { error } = await book('emr', { appointmentTime });
		expect(error?.message).toContain("'Appointment Time'");
		expect(await world.control.contacts()).toEqual([]);
	},
);
