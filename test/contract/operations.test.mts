import type { INode, INodeParameters, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { findOperation, RESOURCES } from '../../nodes/Spakinect/actions/registry';
import { Spakinect } from '../../nodes/Spakinect/Spakinect.node';

const { description, methods } = new Spakinect();
const { properties } = description;
const node = { typeVersion: 1 } as INode;

type Shown = { name: string; displayOptions?: INodeProperties['displayOptions'] };
const isShown = (parameters: INodeParameters, shown: Shown) =>
	NodeHelpers.displayParameter(parameters, shown as INodeProperties, node, description);

/** The choices of a drop-down that the panel shows. */
function choices(name: string, parameters: INodeParameters): INodePropertyOptions[] {
	const shown = properties.filter((one) => one.name === name && isShown(parameters, one));
	expect(shown).toHaveLength(1);
	return ((shown[0]?.options ?? []) as INodePropertyOptions[]).filter((option) =>
		isShown(parameters, option as unknown as Shown),
	);
}

/** The parameters of an operation that the panel shows, collections with what is in them. */
function fields(parameters: INodeParameters): Record<string, unknown> {
	const shown = properties.filter(
		(one) =>
			!['authentication', 'resource', 'operation'].includes(one.name) &&
			one.type !== 'notice' &&
			isShown(parameters, one),
	);
	expect(new Set(shown.map(({ name }) => name)).size).toBe(shown.length);
	return Object.fromEntries(
		shown.map(({ name, type, options = [] }) => [
			name,
			type === 'collection' ? (options as INodeProperties[]).map((one) => one.name) : true,
		]),
	);
}

const offered = (key: 'emr' | 'client') =>
	choices('resource', { authentication: key }).flatMap(({ value: resource }) =>
		choices('operation', { authentication: key, resource }).map(
			({ value }) => `${String(resource)} ${String(value)}`,
		),
	);

const clearance = {
	firstName: true,
	lastName: true,
	email: true,
	dateOfBirth: true,
	treatments: true,
	appointmentTime: true,
	options: ['asOf', 'evaluationDates', 'maxParallelRequests', 'serviceMenu', 'validityMonths'],
};
const expiring = {
	withinDays: true,
	returnAll: true,
	limit: true,
	options: [
		'endedWithinDays',
		'evaluationDates',
		'maxParallelRequests',
		'treatments',
		'validityMonths',
	],
};
/** Saved workflows hold these names: none may be renamed. */
const BOTH = {
	'atHomeVisit create': {
		locationId: true,
		firstName: true,
		lastName: true,
		email: true,
		phone: true,
		appointmentTime: true,
		treatments: true,
		onExisting: true,
		options: [
			'defaultCountryCode',
			'evaluationDates',
			'onExisting',
			'reference',
			'serviceMenu',
			'skipIfCleared',
			'timezone',
			'unknownTreatments',
			'validityMonths',
		],
	},
	'atHomeVisit get': { gfeId: true, output: true, options: true },
	'gfe checkClearance': { ...clearance, evaluationDates: true },
	'gfe downloadPdf': {
		gfeId: true,
		binaryPropertyName: true,
		options: ['maxParallelRequests', 'waitSeconds'],
	},
	'gfe getExpiring': { ...expiring, evaluationDates: true },
	'gfe getAll': {
		returnAll: true,
		limit: true,
		output: true,
		filters: [
			'completedAfter',
			'completedBefore',
			'dateOfBirth',
			'patientEmail',
			'patientName',
			'statuses',
			'treatment',
		],
		options: ['maxParallelRequests'],
	},
	'gfe reconcile': {
		gfeId: true,
		reference: true,
		eventId: true,
		options: ['completedAfter', 'output', 'show'],
	},
	'treatment getAll': { returnAll: true, limit: true },
};
const intakeAnswers = ['allergies', 'medicalConditions', 'medications', 'pregnantBreastfeedingIvf'];
const EMR = {
	...BOTH,
	'atHomeVisit create': { ...BOTH['atHomeVisit create'], intakeAnswers },
	'atHomeVisit cancel': { gfeId: true, options: ['ifNotCancellable'] },
	'atHomeVisit reschedule': {
		...BOTH['atHomeVisit create'],
		gfeId: true,
		intakeAnswers,
		options: [
			'defaultCountryCode',
			'evaluationDates',
			'onExisting',
			'ifNotCleared',
			'ifOpen',
			'previousTime',
			'reference',
			'serviceMenu',
			'skipIfCleared',
			'timezone',
			'unknownTreatments',
			'validityMonths',
		],
	},
	'inPersonVisit create': {
		locationId: true,
		firstName: true,
		lastName: true,
		dateOfBirth: true,
		treatments: true,
		onExisting: true,
		intakeAnswers,
		options: [
			'evaluationDates',
			'onExisting',
			'reference',
			'serviceMenu',
			'skipIfCleared',
			'unknownTreatments',
			'validityMonths',
		],
	},
	'inPersonVisit get': BOTH['atHomeVisit get'],
	'gfe checkClearance': { ...clearance, locationId: true },
	'gfe getAll': { ...BOTH['gfe getAll'], locationId: true },
	'gfe getExpiring': { ...expiring, locationId: true },
	'gfe reconcile': { ...BOTH['gfe reconcile'], locationId: true },
	'treatment getAll': { ...BOTH['treatment getAll'], source: true },
	'location subscribe': { locationId: true },
	'webhook register': { webhookUrl: true },
};
const TABLE = { emr: EMR, client: BOTH } as const;

describe.each(['emr', 'client'] as const)('with the %s key', (key) => {
	it('the panel offers exactly these operations', () => {
		expect(offered(key).sort()).toEqual(Object.keys(TABLE[key]).sort());
	});

	it('each has a handler that serves the key, and the right drop-down default', () => {
		for (const pair of offered(key)) {
			const [resource = '', operation = ''] = pair.split(' ');
			expect(findOperation(resource, operation)?.keys).toContain(key);
		}
		for (const { value: resource } of choices('resource', { authentication: key })) {
			const parameters = { authentication: key, resource };
			const [shown] = properties.filter(
				(one) => one.name === 'operation' && isShown(parameters, one),
			);
			expect(choices('operation', parameters).map(({ value }) => value)).toContain(shown?.default);
		}
	});

	it.each(Object.entries(TABLE[key]))('%s has exactly these parameters', (pair, expected) => {
		const [resource = '', operation = ''] = pair.split(' ');
		const defaults = { returnAll: false, source: 'all' };
		expect(fields({ authentication: key, resource, operation, ...defaults })).toEqual(expected);
	});
});

it('shows no parameters of what a Client key cannot do', () => {
	for (const pair of Object.keys(EMR).filter((one) => !(one in BOTH))) {
		const [resource = '', operation = ''] = pair.split(' ');
		expect(fields({ authentication: 'client', resource, operation })).toEqual({});
	}
});

it('every handler is offered with at least one key', () => {
	const all = new Set([...offered('emr'), ...offered('client')]);
	const handlers = RESOURCES.flatMap(({ value, operations }) =>
		operations.map((operation) => `${value} ${operation.value}`),
	);
	expect([...all].sort()).toEqual(handlers.sort());
});

it.each([
	['returnAll', { resource: 'gfe', operation: 'getAll', returnAll: true }, 'limit', false],
	[
		'source',
		{ resource: 'treatment', operation: 'getAll', source: 'favorites' },
		'locationId',
		true,
	],
])('%s shows and hides', (_, parameters, field, expected) => {
	expect(field in fields({ authentication: 'emr', ...parameters })).toBe(expected);
});

it('one credential for each kind of key', () => {
	const shown = (authentication: string) =>
		description.credentials
			?.filter(({ displayOptions }) => isShown({ authentication }, { name: 'c', displayOptions }))
			.map(({ name, required }) => [name, required]);
	expect(shown('emr')).toEqual([['spakinectApi', true]]);
	expect(shown('client')).toEqual([['spakinectClientApi', true]]);
});

it('the names that saved workflows depend on', () => {
	expect(description).toMatchObject({
		name: 'spakinect',
		version: [1],
		defaultVersion: 1,
		usableAsTool: true,
	});
	const methodsUsed = properties.flatMap(({ typeOptions }) => typeOptions?.loadOptionsMethod ?? []);
	expect(methodsUsed.length).toBeGreaterThan(0);
	for (const method of methodsUsed) expect(methods.loadOptions).toHaveProperty(method);
	const searches = properties.flatMap(
		({ modes }) => modes?.flatMap(({ typeOptions }) => typeOptions?.searchListMethod ?? []) ?? [],
	);
	expect(searches.length).toBeGreaterThan(0);
	for (const method of searches) expect(methods.listSearch).toHaveProperty(method);
});
