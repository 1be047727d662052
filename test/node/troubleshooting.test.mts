import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../sandbox/simulator/index.mts';
import { bookingParameters, clearanceParameters, patientItem } from './support/patient.mts';
import { usePolling } from './support/pollingWorld.mts';
import { useWebhookHosts } from './support/webhookWorld.mts';

/** The error texts of the documentation, brought about one by one: what is promised there is what n8n shows. */

const { world, emr, host, send } = useWebhookHosts();
const polling = usePolling();

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
const listWith = async (fault: Fault) => {
	await world.control.faults(fault);
	return run('gfe getAll', { locationId: 'loc_downtown' });
};
const pdfOf = async (visit: object) => {
	await world.control.add({ gfe_id: 'v1', ...visit });
	return run('gfe downloadPdf', { gfeId: 'v1' });
};
const answerTo = async (delivery: object) => {
	const { status, answer } = await send(await host(), delivery);
	return `${status} ${JSON.stringify(answer)}`;
};

const CAUSES: Record<string, () => Promise<string>> = {
	'Spakinect does not accept the API key': () => run('treatment getAll', {}, { apiKey: 'wrong' }),
	'This API key may not use this location or GFE': () => book({ locationId: 'loc_other_emr' }),
	'needs an EMR API key': () => run('atHomeVisit cancel', { gfeId: 'v1' }, { key: 'client' }),
	'Spakinect does not know this GFE': () => run('atHomeVisit get', { gfeId: 'nowhere' }),
	'Spakinect does not know this location or address': () => book({ locationId: 'nowhere' }),
	"The 'Base URL' of the credential cannot be used": () =>
		run('treatment getAll', {}, { baseUrl: 'http://api.example.com' }),
	'Spakinect answered with a redirect': () =>
		listWith({ kind: 'redirect', location: world.sim.filesUrl }),

	'is empty': () => book({ locationId: '={{ $json.no_such_field }}' }),
	'cannot be resolved': () => book({ firstName: "={{ $('Nowhere').item.json.x }}" }),
	'is not a text': () => book({ locationId: '={{ ["loc_downtown"] }}' }),
	'names what the Spakinect catalogue does not have': () => book({ treatments: ['Botx'] }),
	'has no time of day: add one': () => book({ appointmentTime: '2030-01-31' }),
	'the clocks skip it when daylight saving time starts': () =>
		book({ appointmentTime: '2027-03-14T02:30:00' }),
	'is not a date in a form known here': () =>
		run('gfe checkClearance', clearanceParameters, { patient: { dateOfBirth: 'April' } }),
	'is not a complete phone number': () => book({}, { patient: { phone: '12' } }),
	'has two different times for the same GFE': () => {
		const rows = ['2026-01-02T10:00', '2026-01-03T10:00'].map((event_time) => ({
			gfe_id: 'a',
			event_time,
		}));
		const options = { evaluationDates: JSON.stringify(rows) };
		return run('gfe checkClearance', { ...clearanceParameters, options });
	},
	"'Show' must be one or more of": () =>
		run('gfe reconcile', { locationId: 'loc_downtown', options: { show: ['lost'] } }),
	'is ambiguous': async () => {
		const patient = {
			first_name: 'Quillon',
			last_name: 'Vanterpool',
			email: 'quillon.v@mail.example',
		};
		const done = { status: 'Completed', decisions: { Botox: 'approved' } } as const;
		await world.control.add(
			{ ...done, patient_details: { ...patient, dob: '1987-11-23' } },
			{ ...done, patient_details: { ...patient, dob: '2001-01-01' } },
		);
		return run('gfe checkClearance', { ...clearanceParameters, dateOfBirth: '' });
	},
	'Spakinect did not accept the request': () => listWith({ kind: 'status', status: 400 }),

	'It is not known whether the visit was created': async () => {
		await world.control.faults({ kind: 'drop_after', match: { path: '/appointments' } });
		return book();
	},
	'Created before this, do not run them again': async () => {
		const items = [patientItem(), patientItem({ phone: 'none' })];
		return book({}, { items });
	},
	'This patient has an open visit for these treatments already': async () => {
		await book();
		return book({ options: { onExisting: 'error' } });
	},
	'is none of its choices': () => book({ options: { onExisting: '={{ $json.no_such_field }}' } }),
	'An item before this one may have created the same visit': async () => {
		await world.control.faults({ kind: 'drop_before', match: { path: '/appointments' }, times: 1 });
		const items = [patientItem(), patientItem()];
		const node = { onError: 'continueRegularOutput' } as const;
		const parameters = { ...bookingParameters, options: { onExisting: 'return' } };
		const { json } = await world.run('emr', 'atHomeVisit', 'create', parameters, { items, node });
		return String(json[1]?.error);
	},
	'can no longer be cancelled': async () => {
		await world.control.add({ gfe_id: 'v1', status: 'Completed' });
		return run('atHomeVisit cancel', { gfeId: 'v1' });
	},
	'has no PDF: its status is': () => pdfOf({ status: 'Processing' }),
	"The PDF of this 'GFE ID' is not there yet": () => pdfOf({ status: 'Completed', pdf: 'never' }),
	'is not encrypted (https)': async () => {
		const data = { gfe_id: 'v1', status: 'Completed', pdf_link: 'http://storage.example/x' };
		await world.control.faults({ kind: 'status', status: 200, body: { success: true, data } });
		return run('gfe downloadPdf', { gfeId: 'v1' });
	},
	'its link has expired or was refused': async () => {
		await world.control.faults({ kind: 'status', status: 403, match: { api: 'files' } });
		return pdfOf({ status: 'Completed', pdf: 'now' });
	},

	'Spakinect receives too many requests': () =>
		listWith({ kind: 'status', status: 429, retryAfter: '3600' }),
	'Spakinect is not able to answer at the moment': () => listWith({ kind: 'status', status: 500 }),
	'Spakinect could not be reached': () =>
		run('treatment getAll', {}, { baseUrl: 'http://127.0.0.1:1' }),
	'The connection to Spakinect ended before the answer came': async () => {
		await world.control.faults({ kind: 'drop_after', match: { method: 'POST' } });
		return run('location subscribe', { locationId: 'loc_downtown' });
	},
	'Spakinect sent an answer that is not what its API describes': () =>
		listWith({ kind: 'html', status: 200 }),

	'Test listening was not started, to keep production events where they go now': async () =>
		thrown((await host({}, emr({ environment: 'production' }))).listen()),
	'could not be subscribed': async () =>
		thrown((await host({ locationIds: ['loc_other_emr'] })).publish()),
	'Spakinect cannot reach this n8n: its URL is only valid on its own machine': async () =>
		thrown((await host({}, emr({ environment: 'production' }))).publish()),
	'The signature is missing or does not fit': () => answerTo({ signature: 'wrong' }),
	"There is no sample: no visit fits 'Trigger On'": () => thrown(polling.host().pollManually()),
	"'Trigger On' has no event for this key": () =>
		thrown(polling.host({ authentication: 'client', events: ['created'] }).activate()),
	'The visits of location': () =>
		thrown(polling.host({ locationIds: ['loc_other_emr'] }).activate()),
	'no visit has a gfe_id': async () => {
		const body = { success: true, gfes: [{ id: 'g1' }] };
		const fault: Fault = { match: { path: '/gfes/' }, kind: 'status', status: 200, body };
		await polling.world.control.faults(fault);
		return thrown(polling.host().activate());
	},
};

/** The first cells of the tables' rows, which are error texts. */
const textsIn = (document: string): string[] =>
	[...document.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, text = '']) => text);
const read = (name: string) => readFileSync(join(process.cwd(), name), 'utf8');
const documented = textsIn(read('docs/troubleshooting.md'));

it('every documented error text has a cause here, and the README names only such', () => {
	expect(documented).toEqual(Object.keys(CAUSES));
	const inReadme = textsIn(read('README.md').split('\n## Troubleshooting\n')[1] ?? '');
	expect(inReadme.length).toBeGreaterThanOrEqual(8);
	expect(documented).toEqual(expect.arrayContaining(inReadme));
});

it.each(documented)('%s', async (text) => {
	expect(await CAUSES[text]!()).toContain(text);
});
