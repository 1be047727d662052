import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { SpakinectApi } from '../../credentials/SpakinectApi.credentials';
import type { Fault } from '../../sandbox/simulator/index.mts';
import { bookingParameters, clearanceParameters, patientItem } from './support/patient.mts';
import { DONE, downtown, usePolling } from './support/pollingWorld.mts';
import { shortenWaits } from './support/waits.mts';
import type { WebhookHost } from './support/webhookHost.mts';
import { BODY, useWebhookHosts } from './support/webhookWorld.mts';
import { KEYS } from './support/world.mts';

let mockTimeoutDivisor = 1;
jest.mock('../../nodes/Spakinect/transport/attempt', () => {
	const real = jest.requireActual('../../nodes/Spakinect/transport/attempt');
	return {
		...real,
		attempt: (context: unknown, type: string, options: unknown, timeoutMs: number) =>
			real.attempt(context, type, options, timeoutMs / mockTimeoutDivisor),
	};
});

/** The error texts of the documentation, brought about one by one: what is promised there is what n8n shows. */

const { world, emr, host, send } = useWebhookHosts();
const polling = usePolling();
shortenWaits();

interface Shown {
	message: string;
	description?: string | null;
}
const show = ({ message, description }: Shown): string => `${message}\n${description ?? ''}`;
const thrown = (work: Promise<unknown>): Promise<string> =>
	work.then(() => 'no error', show as (error: unknown) => string);

const run = async (
	operation: string,
	parameters: INodeParameters = {},
	{ key = 'emr', patient = {}, ...rest }: IDataObject & { key?: 'emr' | 'client' } = {},
): Promise<string> => {
	const [resource = '', name = ''] = operation.split(' ');
	const items = [patientItem(patient as IDataObject)];
	const { error } = await world.run(key, resource, name, parameters, { items, ...rest });
	return error ? show(error) : 'no error';
};
const book = (changes: INodeParameters = {}, rest: IDataObject = {}) =>
	run('atHomeVisit create', { ...bookingParameters, ...changes }, rest);
const dob = (dateOfBirth: string) =>
	run('gfe checkClearance', clearanceParameters, { patient: { dateOfBirth } });
const listWith = async (fault: Fault) => {
	await world.control.faults(fault);
	return run('gfe getAll', { locationId: 'loc_downtown' });
};
const listOf = (list: object) =>
	listWith({
		...{ match: { path: '/gfes' }, kind: 'status', status: 200 },
		body: { success: true, ...list },
	});
const pdfOf = async (visit: object) => {
	await world.control.add({ gfe_id: 'v1', ...visit });
	return run('gfe downloadPdf', { gfeId: 'v1' });
};
const answerTo = async (delivery: object) => {
	const { status, answer } = await send(await host(), delivery);
	return `${status} ${JSON.stringify(answer)}`;
};

const warningOf = async (changes: INodeParameters) => {
	const parameters = { ...bookingParameters, ...changes };
	const items = [patientItem()];
	const { run: done } = await world.run('emr', 'atHomeVisit', 'create', parameters, { items });
	const hints = (done.data.resultData.runData.Spakinect ?? []).flatMap((one) => one.hints ?? []);
	return hints.map(({ message }) => message).join('\n');
};
const listFiltered = (filters: INodeParameters) =>
	run('gfe getAll', { locationId: 'loc_downtown', filters });

/** What n8n's test of the credential says about the answer to its request. */
const testCredential = async (apiKey: string = KEYS.emr): Promise<string> => {
	const { test: request } = new SpakinectApi();
	const answer = await fetch(`${world.sim.emrUrl}${request.request.url ?? ''}`, {
		headers: { 'x-api-key': apiKey },
	});
	const body = (await answer.json().catch(() => ({}))) as IDataObject;
	const rule = request.rules?.find(({ type, properties }) =>
		type === 'responseCode'
			? properties.value === answer.status
			: answer.ok && body[properties.key] === properties.value,
	);
	return rule?.properties.message ?? 'no error';
};

const publishAt = async (url: string) => {
	const one = await host({}, emr({ environment: 'production' }));
	const { url: real } = one;
	one.url = url;
	const text = await thrown(one.publish());
	one.url = real;
	return text;
};
const logOf = async (act: (one: WebhookHost) => Promise<unknown>, rest: object = {}) => {
	const one = await host({}, emr(), rest);
	await act(one);
	return one.logs.map(({ message }) => message).join('\n');
};
const test = async (one: WebhookHost) => {
	await one.listen();
	await one.stopListening();
};

const withDates = (dates: unknown) => {
	const evaluationDates = typeof dates === 'string' ? dates : JSON.stringify(dates);
	return run('gfe checkClearance', { ...clearanceParameters, options: { evaluationDates } });
};

const withCatalog = (...names: string[]) =>
	world.control.faults({
		kind: 'status',
		status: 200,
		body: { data: names.map((name) => ({ name })) },
		match: { path: '/treatments' },
	});
const withMenu = (services: object): INodeParameters => ({
	options: { serviceMenu: { table: [{ rows: JSON.stringify(services) }] } },
});

/** Completed visits of two people with one name and one address. */
const addAmbiguous = () => {
	const patient = {
		first_name: 'Quillon',
		last_name: 'Vanterpool',
		email: 'quillon.v@mail.example',
	};
	const done = { status: 'Completed', decisions: { Botox: 'approved' } } as const;
	return world.control.add(
		{ ...done, gfe_id: 'v1', patient_details: { ...patient, dob: '1987-11-23' } },
		{ ...done, patient_details: { ...patient, dob: '2001-01-01' } },
	);
};

const CAUSES: Record<string, () => Promise<string>> = {
	'Spakinect does not accept the API key': () => run('treatment getAll', {}, { apiKey: 'wrong' }),
	'Spakinect does not accept this key': () => testCredential('wrong'),
	"Spakinect knows this key but doesn't allow it to use": async () => {
		await world.control.faults({ kind: 'status', status: 403 });
		return testCredential();
	},
	'Spakinect answered but could not list the treatments': async () => {
		await world.control.faults({ kind: 'success_false' });
		return testCredential();
	},
	"contains a space or a character that can't be part of a key": () =>
		run('treatment getAll', {}, { apiKey: 'emr-test key' }),
	'This API key has no access to this location or GFE': () => book({ locationId: 'loc_other_emr' }),
	'needs an EMR API key': () => run('atHomeVisit cancel', { gfeId: 'v1' }, { key: 'client' }),
	"The node can't open its credential": () =>
		run('treatment getAll', {}, { node: { credentials: {} } }),
	"'Operation' is not an operation of the chosen resource": () => run('gfe nothing'),
	'GFE not found': () => run('atHomeVisit get', { gfeId: 'nowhere' }),
	'Location not found': () => book({ locationId: 'nowhere' }),
	"The 'Base URL' of the credential cannot be used": () =>
		run('treatment getAll', {}, { baseUrl: 'http://api.example.com' }),
	'Spakinect answered with a redirect': () =>
		listWith({ kind: 'redirect', location: world.sim.filesUrl }),

	'is empty': () => book({ locationId: '={{ $json.no_such_field }}' }),
	'cannot be resolved': () => book({ firstName: "={{ $('Nowhere').item.json.x }}" }),
	'is not a text': () => book({ locationId: '={{ ["loc_downtown"] }}' }),
	'contains a missing value': () => book({}, { patient: { lastName: 'Lee undefined' } }),
	'is not a name': () => book({}, { patient: { lastName: '-' } }),
	'is longer than 100 characters': () => book({}, { patient: { lastName: 'x'.repeat(101) } }),
	'is not an email address': () => book({}, { patient: { email: 'quillon' } }),
	'must be visit, treatments, summary or raw': () =>
		run('gfe getAll', { locationId: 'loc_downtown', output: '={{ "rows" }}' }),
	'must be true or false': () => run('treatment getAll', { returnAll: '={{ "yes" }}' }),
	'must be a whole number of at least 1': () => run('treatment getAll', { limit: '={{ "many" }}' }),
	'must be a number from 0 to 600': () =>
		run('gfe downloadPdf', { gfeId: 'v1', options: { waitSeconds: '={{ "soon" }}' } }),
	"contains names that aren't in the Spakinect catalog": () => book({ treatments: ['Botx'] }),
	"neither in 'Service Menu' nor in the Spakinect catalog": () =>
		book({ ...withMenu({ Flip: ['Botox'] }), treatments: 'Flop' }),
	"'Service Menu' has names that aren't in the Spakinect catalog": () =>
		book({ ...withMenu({ Flip: ['Botx'] }), treatments: 'Flip' }),
	'can be read in more than one way': async () => {
		await withCatalog('Laser, Face', 'Laser', 'Face');
		return book({ treatments: 'Laser, Face' });
	},
	"'Service Menu' has treatments that can be read in more than one way": async () => {
		await withCatalog('Laser, Face', 'Laser', 'Face');
		return book({ ...withMenu({ Flip: 'Laser, Face' }), treatments: 'Flip' });
	},
	'is not a list of treatments': () => book({ treatments: '={{ 5 }}' }),
	"'Service Menu' has a row without a service": () =>
		book({ options: { serviceMenu: { services: [{ service: '', treatments: ['Botox'] }] } } }),
	"'Service Menu' has a row whose treatments are missing": () =>
		book({
			options: { serviceMenu: { services: [{ service: 'X', treatments: '={{ $json.none }}' }] } },
		}),
	"'Service Menu' has a row whose treatments are not a list": () => book(withMenu({ Flip: 5 })),
	"'Service Menu' has a table without rows": () =>
		book({ options: { serviceMenu: { table: [{ rows: '={{ $json.none }}' }] } } }),
	'does not say clearly what the patient has': () =>
		book({ intakeAnswers: { allergies: 'unknown' } }),
	'is not a list of texts': () => book({ intakeAnswers: { allergies: '={{ 5 }}' } }),
	'must be Yes, No or N/A': () =>
		book({ intakeAnswers: { pregnantBreastfeedingIvf: '={{ "maybe" }}' } }),
	'is not a date and time the node recognizes': () => book({ appointmentTime: 'next Tuesday' }),
	'is not a valid date and time': () => book({ appointmentTime: '={{ true }}' }),
	'has no time of day: add one': () => book({ appointmentTime: '2030-01-31' }),
	'does not say AM or PM': () => book({ appointmentTime: '1/31/2030 2:30' }),
	'has a two-digit year': () => book({ appointmentTime: '1/31/30 10:00 AM' }),
	'has a time zone in letters': () => book({ appointmentTime: '2030-01-31 10:00 PST' }),
	'has a weekday that does not match the date': () =>
		book({ appointmentTime: 'Monday, January 31, 2030 10:00 AM' }),
	'is a date or a time of day that does not exist': () =>
		book({ appointmentTime: '2030-02-30T10:00' }),
	'is not between the years 2000 and 2100': () => book({ appointmentTime: '1999-01-31T10:00' }),
	'is more than a day in the past': () => book({ appointmentTime: '2020-01-31T10:00' }),
	"'Appointment Time' is in the past": () =>
		warningOf({ appointmentTime: DateTime.now().minus({ hours: 9 }).toISO() }),
	"'Appointment Time' is more than two years ahead": () =>
		warningOf({ appointmentTime: '2099-01-31T10:00' }),
	'the clocks skip it when daylight saving time starts': () =>
		book({ appointmentTime: '2027-03-14T02:30:00' }),
	'must be an IANA name': () => book({ options: { timezone: 'EST' } }),
	'is not a known time zone': () => book({ options: { timezone: 'New York' } }),
	'is not a date the node recognizes': () => dob('April'),
	'is a day that does not exist': () => dob('02/30/1990'),
	'has a time of day, so its day depends on the time zone': () => dob('1990-04-25T22:00:00Z'),
	'is a year only': () => dob('1990'),
	'is in the future': () => dob('2087-04-25'),
	'is before 1900 or has an impossible year': () => dob('1890-04-25'),
	'is not a complete phone number': () => book({}, { patient: { phone: '12' } }),
	'is not a phone number': () => book({ phone: '={{ true }}' }),
	'has an extension': () => book({}, { patient: { phone: '202-555-0147 x12' } }),
	'is not a country calling code': () => book({ options: { defaultCountryCode: 'US' } }),
	'must be a list of rows or an object': () => withDates('soon'),
	'has no columns the node recognizes': () => withDates([{ id: 'a', time: '2026-01-02T10:00' }]),
	'has a time in the future for a GFE': () => withDates({ a: '2099-01-02T10:00' }),
	'are both empty': () =>
		run('gfe checkClearance', { ...clearanceParameters, email: '', dateOfBirth: '' }),
	'has two different times for the same GFE': () => {
		const rows = ['2026-01-02T10:00', '2026-01-03T10:00'].map((event_time) => ({
			gfe_id: 'a',
			event_time,
		}));
		const options = { evaluationDates: JSON.stringify(rows) };
		return run('gfe checkClearance', { ...clearanceParameters, options });
	},
	'is given twice': () =>
		run('gfe checkClearance', {
			...clearanceParameters,
			appointmentTime: '2027-03-09T14:30',
			options: { asOf: '2027-03-09T14:30' },
		}),
	"has an entry that isn't an ID": () =>
		run('gfe checkClearance', { ...clearanceParameters, locationId: '={{ ["a", null] }}' }),
	'must be a whole number from 1 to 1200': () =>
		run('gfe checkClearance', { ...clearanceParameters, options: { validityMonths: 1201 } }),
	"'Show' must be one or more of": () =>
		run('gfe reconcile', { locationId: 'loc_downtown', options: { show: ['lost'] } }),
	"'Statuses' is not a list of statuses": () => listFiltered({ statuses: '={{ 5 }}' }),
	"'Completed Before' must be later than 'Completed After'": () =>
		listFiltered({ completedAfter: '2026-05-02', completedBefore: '2026-05-01' }),
	'must be a whole number from 0 to 3650': () =>
		run('gfe getExpiring', { locationId: 'loc_downtown', withinDays: 1.5 }),
	"'Patient' is ambiguous": async () => {
		await addAmbiguous();
		return run('gfe checkClearance', { ...clearanceParameters, dateOfBirth: '' });
	},
	"is ambiguous for 'Skip If Cleared'": async () => {
		await addAmbiguous();
		return book({ options: { skipIfCleared: true } });
	},
	"The patient of 'GFE ID' is ambiguous": async () => {
		await addAmbiguous();
		return run('atHomeVisit reschedule', { ...bookingParameters, gfeId: 'v1' });
	},
	'Spakinect did not accept the request': () => listWith({ kind: 'status', status: 400 }),
	'Spakinect refused the request': () => listWith({ kind: 'status', status: 418 }),
	'Spakinect answered that it could not do this': () => listWith({ kind: 'success_false' }),
	'Spakinect reports a conflict': () => listWith({ kind: 'status', status: 409 }),

	'The visit may have been created': async () => {
		await world.control.faults({ kind: 'drop_after', match: { path: '/appointments' } });
		return book();
	},
	'Created before this, do not run them again': async () => {
		const items = [patientItem(), patientItem({ phone: 'none' })];
		return book({}, { items });
	},
	'This patient already has an open visit for these treatments': async () => {
		await book();
		return book({ options: { onExisting: 'error' } });
	},
	'The first try of this item may have created the visit': async () => {
		await world.control.faults({ kind: 'drop_after', match: { path: '/appointments' }, times: 1 });
		const items = [patientItem()];
		const parameters = { ...bookingParameters };
		const first = await world.run('client', 'atHomeVisit', 'create', parameters, { items });
		const again = { items, executionId: '2', retryOf: first.run };
		const { error } = await world.run('client', 'atHomeVisit', 'create', parameters, again);
		return show(error!);
	},
	'must be create, return or error': () =>
		book({ options: { onExisting: '={{ $json.no_such_field }}' } }),
	'An earlier item may have created the same visit': async () => {
		await world.control.faults({ kind: 'drop_before', match: { path: '/appointments' }, times: 1 });
		const items = [patientItem(), patientItem()];
		const node = { onError: 'continueRegularOutput' } as const;
		const parameters = { ...bookingParameters, options: { onExisting: 'return' } };
		const { json } = await world.run('emr', 'atHomeVisit', 'create', parameters, { items, node });
		return String(json[1]?.error);
	},
	'can no longer be canceled': async () => {
		await world.control.add({ gfe_id: 'v1', status: 'Completed' });
		return run('atHomeVisit cancel', { gfeId: 'v1' });
	},
	'Spakinect accepted the cancel, but the visit': async () => {
		await world.control.add({ gfe_id: 'v1', status: 'Processing' });
		const body = { gfe_id: 'v1', status: 'Processing' };
		await world.control.faults({ kind: 'status', status: 200, body, match: { method: 'PATCH' } });
		return run('atHomeVisit cancel', { gfeId: 'v1' });
	},
	"The visit of this 'GFE ID' is of another patient": async () => {
		await world.control.add({ gfe_id: 'v1', status: 'Processing' });
		return run('atHomeVisit reschedule', { ...bookingParameters, gfeId: 'v1' });
	},
	'but its replacement was not confirmed': async () => {
		await book();
		const [visit] = await world.control.visits();
		await world.control.faults({ kind: 'drop_after', match: { path: '/appointments$' } });
		const parameters = { ...bookingParameters, gfeId: visit?.gfe_id ?? '' };
		return run('atHomeVisit reschedule', parameters);
	},
	'has no PDF: its status is': () => pdfOf({ status: 'Processing' }),
	"The PDF of this 'GFE ID' isn't ready yet": () => pdfOf({ status: 'Completed', pdf: 'never' }),
	'is not encrypted (https)': async () => {
		const data = { gfe_id: 'v1', status: 'Completed', pdf_link: 'http://storage.example/x' };
		await world.control.faults({ kind: 'status', status: 200, body: { success: true, data } });
		return run('gfe downloadPdf', { gfeId: 'v1' });
	},
	'The storage host refused the link to the PDF': async () => {
		await world.control.faults({ kind: 'status', status: 403, match: { api: 'files' } });
		return pdfOf({ status: 'Completed', pdf: 'now' });
	},

	'The storage host of the PDF did not send it': async () => {
		await world.control.faults({ kind: 'status', status: 503, match: { api: 'files' } });
		return pdfOf({ status: 'Completed', pdf: 'now' });
	},
	'The storage host of the PDF could not be reached': async () => {
		await world.control.faults({ kind: 'drop_before', match: { api: 'files' } });
		return pdfOf({ status: 'Completed', pdf: 'now' });
	},
	'The file from the storage host is not a PDF': async () => {
		await world.control.faults({ kind: 'html', status: 200, match: { api: 'files' } });
		return pdfOf({ status: 'Completed', pdf: 'now' });
	},
	'The PDF is larger than 50 MB': async () => {
		await world.control.settings({ pdfBytes: 51 * 1024 * 1024 });
		return pdfOf({ status: 'Completed', pdf: 'now' });
	},

	'Spakinect receives too many requests': () =>
		listWith({ kind: 'status', status: 429, retryAfter: '3600' }),
	'Spakinect is not available': () => listWith({ kind: 'status', status: 500 }),
	'Spakinect could not be reached': () =>
		run('treatment getAll', {}, { baseUrl: 'http://127.0.0.1:1' }),
	'A proxy or firewall refused the request': () => listWith({ kind: 'status', status: 407 }),
	'The connection to Spakinect ended before the answer came': async () => {
		await world.control.faults({ kind: 'drop_after', match: { method: 'POST' } });
		return run('location subscribe', { locationId: 'loc_downtown' });
	},
	'Spakinect did not answer in time': () => {
		mockTimeoutDivisor = 300;
		return listWith({ kind: 'delay', delayMs: 4000 }).finally(() => {
			mockTimeoutDivisor = 1;
		});
	},
	"Spakinect's answer is not in the form that its API describes": () =>
		listWith({ kind: 'html', status: 200 }),
	'has fewer visits than it says': () => listOf({ count: 1, gfes: [] }),
	'list of visits is of another location': () => listOf({ location_id: 'loc_uptown', gfes: [] }),
	'list of visits has an entry without a GFE ID': async () => {
		await listOf({ gfes: [{ status: 'Completed' }] });
		return run('gfe checkClearance', clearanceParameters);
	},
	'Spakinect sent an empty answer': () => listWith({ kind: 'empty' }),
	'Spakinect timed out while waiting for the request': async () => {
		await world.control.faults({ kind: 'status', status: 408, match: { path: '/appointments$' } });
		return book();
	},
	'The execution was stopped': async () => {
		// Not a delay: its visit would be created in another test.
		const hangs = { kind: 'status', status: 503, delayMs: 30_000 } as const;
		await world.control.faults({ ...hangs, match: { method: 'POST' } });
		let running: { cancel(): void } | undefined;
		const started = (execution: { cancel(): void }) => (running = execution);
		const text = book({}, { started: started as never });
		while (!(await world.control.sent()).some((line) => line.startsWith('POST'))) {
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
		running?.cancel();
		return text;
	},
	'Unexpected error in the node': () => {
		const spy = jest.spyOn(DateTime.prototype, 'toISODate');
		spy.mockImplementationOnce(() => {
			throw new RangeError('what it met');
		});
		return run('treatment getAll').finally(() => spy.mockRestore());
	},

	'Test listening was not started, because it would take the production events': async () =>
		thrown((await host({}, emr({ environment: 'production' }))).listen()),
	'could not be subscribed': async () =>
		thrown((await host({ locationIds: ['loc_other_emr'] })).publish()),
	'The webhook URL could not be registered': async () => {
		await world.control.faults({ kind: 'status', status: 403, match: { path: '/webhooks' } });
		return thrown((await host()).publish());
	},
	'The URL was not registered, because Spakinect took too long': async () => {
		const { timeout } = AbortSignal;
		const spy = jest.spyOn(AbortSignal, 'timeout');
		spy.mockImplementationOnce(() => timeout.call(AbortSignal, 50));
		await world.control.faults({ match: { path: '/subscriptions' }, kind: 'delay', delayMs: 200 });
		const text = await thrown((await host()).publish());
		spy.mockRestore();
		return text;
	},
	'Nothing was registered': () => publishAt('n8n.example.com'),
	'n8n now answers 404 to all deliveries of this trigger': async () =>
		thrown((await host({ locationIds: ['loc_other_emr'] })).publish()),
	"Spakinect can't reach this n8n: its URL is only valid on its own machine": async () =>
		thrown((await host({}, emr({ environment: 'production' }))).publish()),
	'The webhook URL must start with https://': () => publishAt('http://n8n.example.com'),
	'The webhook URL is incomplete': () => publishAt('n8n.example.com'),
	"'Webhook URL' can't be used": () =>
		run('webhook register', { webhookUrl: 'https://n8n.local/webhook' }),
	"'Trigger On' has no event": async () => thrown((await host({ events: [] })).publish()),
	"The signature is missing or doesn't match": () => answerTo({ signature: 'wrong' }),
	"The credential can't be used": async () => {
		const one = await host();
		one.node.credentials = {};
		return JSON.stringify((await send(one)).answer);
	},
	"There is no sample: no visit matches 'Trigger On'": () => thrown(polling.host().pollManually()),
	"'Trigger On' has no event for this key": () =>
		thrown(polling.host({ authentication: 'client', events: ['created'] }).activate()),
	'The visits of location': () =>
		thrown(polling.host({ locationIds: ['loc_other_emr'] }).activate()),
	'The visits could not be read': async () => {
		await polling.failLists('/gfes');
		return thrown(polling.host({ authentication: 'client', events: ['completed'] }).activate());
	},
	'no visit has a gfe_id': async () => {
		const body = { success: true, gfes: [{ id: 'g1' }] };
		const fault: Fault = { match: { path: '/gfes/' }, kind: 'status', status: 200, body };
		await polling.world.control.faults(fault);
		return thrown(polling.host().activate());
	},

	'a delivery was refused with 401': () =>
		logOf(async (one) => await send(one, { signature: 'wrong' })),
	'a delivery was answered with 503': () =>
		logOf(async (one) => {
			one.node.credentials = {};
			await send(one);
		}),
	'This replaced the webhook URL that the workflow': async () => {
		await (await host()).publish();
		return await logOf(async (one) => await one.publish());
	},
	'so a URL derived from the test URL is registered': () => logOf(test),
	'the production URL of this workflow is registered': () =>
		logOf(async (one) => {
			await one.listen();
			await send(one, {}, one.testUrl);
			await one.listenerEnded();
		}),
	'but Spakinect still sends to the test URL': () =>
		logOf(test, { endpoints: { production: 'hooks', test: 'try' } }),
	'the production URL could not be registered again': () =>
		logOf(async (one) => {
			await one.listen();
			await world.control.faults({ kind: 'status', status: 403, match: { path: '/webhooks' } });
			await one.stopListening();
		}),
	'the production URL is registered again': () =>
		logOf(async (one) => {
			await one.publish();
			await test(one);
		}),
	'unpublished without its credential': () =>
		logOf(async (one) => {
			await one.publish();
			one.node.credentials = {};
			await one.unpublish();
		}),
	'passed on incomplete': () =>
		logOf(async (one) => await send(one, { body: { ...BODY, success: false } })),
	'the list shares no visit with the previous one': async () => {
		const one = polling.host({ authentication: 'client', events: ['completed'] });
		const all = Array.from({ length: 60 }, (_, index) => ({
			...downtown,
			...DONE,
			gfe_id: `g${index}`,
		}));
		await polling.world.control.add(...all.slice(0, 30));
		await one.activate();
		await polling.world.control.reset();
		await polling.world.control.add(...all.slice(30));
		await one.poll();
		return one.logs.map(({ message }) => message).join('\n');
	},
	'n8n has lost the list of known visits': async () => {
		const existing = { options: { emitExisting: true } };
		await polling.world.control.add({ ...downtown, ...DONE });
		const one = polling.host(existing);
		await one.activate();
		const renamed = polling.host(existing);
		Object.assign(renamed.node, { id: one.node.id, name: 'Renamed' });
		renamed.saved = one.saved;
		await renamed.activate();
		return renamed.logs.map(({ message }) => message).join('\n');
	},
};

/** The first cells of the tables' rows, which are error texts. */
const textsIn = (document: string): string[] =>
	[...document.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, text = '']) => text);
const read = (name: string) => readFileSync(join(process.cwd(), name), 'utf8');
const documented = textsIn(read('docs/troubleshooting.md'));

it('every documented error text has a cause here', () => {
	expect(documented).toEqual(Object.keys(CAUSES));
});

it.each(documented)('%s', async (text) => {
	expect(await CAUSES[text]!()).toContain(text);
});
