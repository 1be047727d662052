import { AT_HOME, booking, fromItem, sentFor } from './actionData.mts';
import type { Json } from './actionRun.mts';
import { FAR_DAY } from './farDay.mts';

interface OperationCase {
	name: string;
	keys: Array<'emr' | 'client'>;
	parameters: Json;
	items: Json[];
	/** The output, one entry per item. A matcher stands for a value from the server. */
	json: (key: 'emr' | 'client') => unknown[];
	/** The requests other than those of the catalog, e.g. `GET /visits/x 200`. */
	calls: (key: 'emr' | 'client') => string[];
}

const BOTH: Array<'emr' | 'client'> = ['emr', 'client'];
const EMR: Array<'emr' | 'client'> = ['emr'];
const like = (json: Json): unknown => expect.objectContaining(json);
const anyId = expect.stringMatching(/.+/) as unknown;
const BEN = { firstName: 'Ben', lastName: 'Sample', email: 'ben@patients.example' };
const ADA = { firstName: 'Ada', lastName: 'Example', email: 'ada@patients.example' };
const two = (...tags: string[]) => tags.map((tag) => ({ tag }));
const done = { gfe_id: 'gfe-done', status: 'Completed', all_approved: false };
const open = { gfe_id: 'gfe-open', status: 'Scheduled', status_group: 'open' };

/** Every operation of the action node, with each kind of key that has it, on more than one item. */
export const OPERATIONS: OperationCase[] = [
	{
		name: 'atHomeVisit: create',
		keys: BOTH,
		parameters: { ...AT_HOME, options: { reference: '={{ $json.tag }}' } },
		items: [booking('a'), booking('b')],
		json: () =>
			['a', 'b'].map((tag) => ({
				...sentFor(tag),
				...{ gfe_id: anyId, created: true, reference: tag },
				...{ result: 'requested', summary: anyId, skipped_treatments: [] },
				...{ all_approved: null, evaluation_completed: null, event_id: null },
				...{ treatments_text: 'Botox, Dermal Filler', appointment_at: `${FAR_DAY}T19:30:00.000Z` },
			})),
		// The duplicate guard of an EMR key reads the list once.
		calls: (key) => [
			...(key === 'emr' ? ['GET /gfes/loc_downtown 200'] : []),
			...['POST /appointments 201', 'POST /appointments 201'],
		],
	},
	{
		name: 'atHomeVisit: get',
		keys: BOTH,
		parameters: { resource: 'atHomeVisit', operation: 'get', ...fromItem('gfeId') },
		items: [
			{ tag: 'a', gfeId: 'gfe-done' },
			{ tag: 'b', gfeId: 'gfe-open' },
		],
		json: () => [like(done), like(open)],
		calls: () => ['GET /visits/gfe-done 200', 'GET /visits/gfe-open 200'],
	},
	{
		name: 'atHomeVisit: cancel',
		keys: EMR,
		parameters: { resource: 'atHomeVisit', operation: 'cancel', gfeId: 'gfe-open' },
		items: two('a', 'b'),
		json: () => [
			like({ gfe_id: 'gfe-open', cancelled: true, already_cancelled: false }),
			like({ gfe_id: 'gfe-open', cancelled: true, already_cancelled: true }),
		],
		calls: () => [
			'PATCH /appointments/gfe-open/cancel 200',
			'PATCH /appointments/gfe-open/cancel 400',
			'GET /visits/gfe-open 200',
		],
	},
	{
		name: 'atHomeVisit: reschedule',
		keys: EMR,
		parameters: { ...AT_HOME, operation: 'reschedule', gfeId: '={{ $json.gfeId }}' },
		items: [
			booking('a', { ...BEN, gfeId: 'gfe-open' }),
			booking('b', { ...ADA, gfeId: 'gfe-done' }),
		],
		json: () => [
			like({ result: 'requested_again', created: true, previous_gfe_id: 'gfe-open' }),
			like({ result: 'not_cleared_then', created: false, previous_gfe_id: 'gfe-done' }),
		],
		calls: () => [
			...['GET /visits/gfe-open 200', 'GET /visits/gfe-done 200', 'GET /gfes/loc_downtown 200'],
			...['PATCH /appointments/gfe-open/cancel 200', 'POST /appointments 201'],
		],
	},
	{
		name: 'inPersonVisit: create',
		keys: EMR,
		parameters: {
			resource: 'inPersonVisit',
			operation: 'create',
			locationId: 'loc_uptown',
			...fromItem('firstName', 'lastName', 'dateOfBirth', 'treatments'),
			intakeAnswers: { allergies: 'latex, penicillin', medications: 'none' },
		},
		items: ['1990-04-25', '04/25/1990'].map((dateOfBirth, i) =>
			booking('ab'[i]!, { dateOfBirth, treatments: ['trt_botox'] }),
		),
		json: () =>
			['a', 'b'].map((tag) =>
				like({
					patient_details: {
						first_name: `Nathan-${tag}`,
						last_name: 'Smith',
						dob: '1990-04-25',
					},
					requested_treatments: ['Botox'],
					gfe_id: anyId,
					created: true,
					visit_link: expect.stringMatching(/^http.+intake/),
				}),
			),
		calls: () => ['GET /gfes/loc_uptown 200', 'POST /in-person 201', 'POST /in-person 201'],
	},
	{
		name: 'inPersonVisit: get',
		keys: EMR,
		parameters: { resource: 'inPersonVisit', operation: 'get', gfeId: 'gfe-spa', output: 'raw' },
		items: two('a', 'b'),
		json: () => [1, 2].map(() => like({ gfe_id: 'gfe-spa', status: 'Processing' })),
		calls: () => ['GET /visits/gfe-spa 200'],
	},
	{
		name: 'gfe: getAll',
		keys: BOTH,
		parameters: {
			resource: 'gfe',
			operation: 'getAll',
			locationId: 'loc_downtown',
			filters: { statuses: ['completed'] },
			output: 'treatments',
		},
		items: two('a'),
		json: (key) =>
			[
				{ treatment: 'Botox', decision: 'approved' },
				{ treatment: 'Dermal Filler', decision: 'deferred' },
			].map((row) =>
				like({ ...row, gfe_id: 'gfe-done', ...(key === 'emr' && { location_id: 'loc_downtown' }) }),
			),
		calls: (key) => [key === 'emr' ? 'GET /gfes/loc_downtown 200' : 'GET /gfes 200'],
	},
	{
		name: 'gfe: checkClearance',
		keys: BOTH,
		parameters: {
			resource: 'gfe',
			operation: 'checkClearance',
			locationId: 'loc_downtown',
			...fromItem('firstName', 'lastName', 'email', 'treatments'),
		},
		items: [
			{ tag: 'a', treatments: 'Botox' },
			{ tag: 'b', treatments: ['Botox', 'Dermal Filler'] },
		].map((one) => ({
			firstName: 'ada',
			lastName: 'Example',
			email: 'ADA@patients.example',
			...one,
		})),
		json: (key) => [
			// A Client key gets no evaluation dates, so it can't clear a treatment.
			like({ cleared: key === 'emr', matched_by: expect.anything() }),
			like({ cleared: false }),
		],
		calls: (key) => [key === 'emr' ? 'GET /gfes/loc_downtown 200' : 'GET /gfes 200'],
	},
	{
		name: 'gfe: getExpiring',
		keys: BOTH,
		parameters: {
			...{ resource: 'gfe', operation: 'getExpiring', locationId: 'loc_downtown' },
			// The exam was just completed, so its approval ends in a year.
			withinDays: 400,
			evaluationDates: JSON.stringify([{ gfe_id: 'gfe-done', event_time: new Date() }]),
			options: { validityMonths: 13 },
		},
		items: two('a'),
		json: () => [
			like({ gfe_id: 'gfe-done', treatment: 'Botox', summary: expect.stringContaining('Botox') }),
		],
		calls: (key) => [key === 'emr' ? 'GET /gfes/loc_downtown 200' : 'GET /gfes 200'],
	},
	{
		name: 'treatment: getAll',
		keys: BOTH,
		parameters: { resource: 'treatment', operation: 'getAll', source: 'all', limit: 1 },
		items: two('a', 'b'),
		json: () => [1, 2].map(() => ({ id: 'trt_botox', name: 'Botox' })),
		calls: () => [],
	},
	{
		name: 'treatment: getAll of a location’s favorites',
		keys: EMR,
		parameters: {
			...{ resource: 'treatment', operation: 'getAll', source: 'favorites' },
			...{ locationId: 'loc_downtown', returnAll: true },
		},
		items: two('a'),
		json: () => ['Botox', 'Dermal Filler', 'Laser Hair Removal'].map((name) => like({ name })),
		calls: () => [],
	},
	{
		name: 'location: subscribe',
		keys: EMR,
		parameters: { resource: 'location', operation: 'subscribe', ...fromItem('locationId') },
		items: [
			{ tag: 'a', locationId: 'loc_downtown' },
			{ tag: 'b', locationId: 'loc_uptown' },
		],
		json: () =>
			['loc_downtown', 'loc_uptown'].map((location_id) => like({ location_id, subscribed: true })),
		calls: () => ['POST /subscriptions 200', 'POST /subscriptions 200'],
	},
	{
		name: 'webhook: register',
		keys: EMR,
		parameters: {
			...{ resource: 'webhook', operation: 'register' },
			webhookUrl: 'https://n8n.spa.example/webhook/x',
		},
		items: two('a'),
		json: () => [like({ url: 'https://n8n.spa.example/webhook/x', registered: true })],
		calls: () => ['POST /webhooks 200'],
	},
];
