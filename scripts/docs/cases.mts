import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { APPOINTMENT, IN_PERSON, PATIENT, BEN, CLEO, FAY, MENU, SKIP, AS_OF } from './samples.mts';

/** One run of the node that the documents show. */
export interface Case {
	resource: string;
	operation: string;
	title: string;
	/** The input items, if the operation uses them. Otherwise, one empty item. */
	input?: IDataObject[];
	/** Parameters in addition to authentication, resource and operation. */
	parameters: INodeParameters;
	authentication?: 'emr' | 'client';
	/** False for a run in another form than the default. It doesn't count for the output schema. */
	isDefaultOutput?: boolean;
	/** ISO 8601: the time at which the case runs, if not at `NOW`. */
	now?: string;
	/** With Continue On Fail, for the item that a failed item becomes. */
	fails?: boolean;
}

const at = (
	resource: string,
	operation: string,
	cases: Array<Omit<Case, 'resource' | 'operation'>>,
) => cases.map((one): Case => ({ resource, operation, ...one }));

/** Every operation of the registry at least once. They run in this order against one simulator. */
export const CASES: readonly Case[] = [
	...at('atHomeVisit', 'get', [
		{ title: 'A completed visit', parameters: { gfeId: 'SampleCompletedVisit' } },
		{ title: 'A visit that is still open', parameters: { gfeId: 'SampleOpenVisit00000' } },
		{
			title: 'The completed visit with Output = Treatments',
			parameters: { gfeId: 'SampleCompletedVisit', output: 'treatments' },
			isDefaultOutput: false,
		},
		{
			title: 'The completed visit with Output = Summary',
			parameters: { gfeId: 'SampleCompletedVisit', output: 'summary' },
			isDefaultOutput: false,
		},
		{
			title: 'The completed visit with Output = Raw',
			parameters: { gfeId: 'SampleCompletedVisit', output: 'raw' },
			isDefaultOutput: false,
		},
		{
			title: 'An unknown ID, with On Error = Continue',
			parameters: { gfeId: 'unknown' },
			isDefaultOutput: false,
			fails: true,
		},
	]),
	...at('inPersonVisit', 'get', [
		{ title: 'A completed visit', parameters: { gfeId: 'SampleInPersonVisit0' } },
	]),
	...at('gfe', 'getAll', [
		{
			title: 'The visits of a location that are Processing or Completed, at most three',
			parameters: {
				locationId: 'loc_downtown',
				limit: 3,
				filters: { statuses: ['Processing', 'completed'] },
			},
		},
		{
			title: 'With a Client key: completed visits only, without evaluation dates',
			authentication: 'client',
			parameters: { limit: 1, filters: { patientName: 'ben sample' } },
		},
	]),
	...at('gfe', 'getExpiring', [
		{
			title: 'On February 28, 2027: approvals that end within 30 days',
			parameters: { locationId: 'loc_downtown' },
			now: '2027-02-28T09:00:00-08:00',
		},
	]),
	...at('gfe', 'checkClearance', [
		{
			title: 'Four treatments of which one is approved',
			parameters: { locationId: 'loc_downtown', ...PATIENT, options: AS_OF },
		},
		{
			title: 'The same patient for the approved treatment alone',
			parameters: {
				locationId: 'loc_downtown',
				...PATIENT,
				treatments: 'Botox',
				options: AS_OF,
			},
		},
		{
			title: 'A patient whose exam is still open, asked about now: June 1, 2026, 9:00 AM',
			parameters: {
				locationId: 'loc_downtown',
				firstName: 'Cleo',
				lastName: 'Test',
				email: 'cleo@patients.example',
				treatments: ['Laser Hair Removal'],
			},
			now: '2026-06-01T13:00:00Z',
		},
		{
			title: 'The same question with a Client key, whose API sends no evaluation date',
			authentication: 'client',
			parameters: { ...PATIENT, treatments: 'Botox', options: AS_OF },
		},
		{
			title: 'Once more with a Client key, with the time at which the trigger delivered the result',
			authentication: 'client',
			isDefaultOutput: false,
			parameters: {
				...PATIENT,
				treatments: 'Botox',
				options: {
					...AS_OF,
					evaluationDates:
						'[{ "gfe_id": "SampleCompletedVisit", "event_time": "2026-01-31T17:00:02.000Z" }]',
				},
			},
		},
	]),
	...at('gfe', 'reconcile', [
		{
			title: 'Three records: one is out of date, one has an unknown GFE ID, one has none',
			input: [
				{ booking: 'b-1', location: 'loc_downtown', gfe_id: 'SampleCompletedVisit', event_id: '' },
				{ booking: 'b-2', location: 'loc_downtown', gfe_id: 'SampleUnknownVisit', event_id: '' },
				{ booking: 'b-3', location: 'loc_downtown', gfe_id: '', event_id: '' },
			],
			parameters: {
				locationId: '={{ $json.location }}',
				gfeId: '={{ $json.gfe_id }}',
				reference: '={{ $json.booking }}',
				eventId: '={{ $json.event_id }}',
				options: {
					completedAfter: '2026-03-03',
					show: ['changed', 'notFound', 'noGfeId', 'unrecorded'],
				},
			},
		},
	]),
	...at('gfe', 'downloadPdf', [
		{ title: 'The PDF of a completed visit', parameters: { gfeId: 'SampleCompletedVisit' } },
	]),
	...at('treatment', 'getAll', [
		{ title: 'The first three of the catalog', parameters: { limit: 3 } },
		{
			title: 'The favorites of a location',
			parameters: { source: 'favorites', locationId: 'loc_downtown' },
		},
	]),
	...at('location', 'subscribe', [
		{ title: 'One location', parameters: { locationId: 'loc_downtown' } },
	]),
	...at('webhook', 'register', [
		{
			title: 'A production URL',
			parameters: { webhookUrl: 'https://n8n.example.com/webhook/spakinect' },
		},
	]),
	...at('atHomeVisit', 'create', [
		{
			title: 'With your own reference and an intake answer',
			parameters: {
				...APPOINTMENT,
				intakeAnswers: { allergies: 'latex, penicillin', medications: 'none' },
				options: { reference: 'booking-4711' },
			},
		},
		{
			title: 'The same booking again, with If an Open Visit Exists = Return the Existing',
			parameters: { ...APPOINTMENT, options: { onExisting: 'return', reference: 'booking-4711' } },
		},
		{
			title: 'Services of the booking system, with a Service Menu',
			parameters: { ...APPOINTMENT, firstName: 'Gil', treatments: 'Lip Flip, Facial', ...MENU },
		},
		{
			title: 'A service that needs no exam',
			parameters: { ...APPOINTMENT, treatments: 'Facial', ...MENU },
		},
		{
			title: 'A patient who is cleared for one of two treatments, with Skip If Cleared',
			parameters: { ...APPOINTMENT, ...BEN, treatments: 'Botox, IV Therapy', ...SKIP },
		},
		{
			title: 'A patient who is cleared for all of them',
			parameters: { ...APPOINTMENT, ...BEN, treatments: 'Botox', ...SKIP },
		},
		{
			title: "A treatment that isn't in the catalog, with On Error = Continue",
			parameters: { ...APPOINTMENT, treatments: ['Botx'] },
			isDefaultOutput: false,
			fails: true,
		},
	]),
	...at('inPersonVisit', 'create', [
		{ title: 'With the date of birth in the US form', parameters: IN_PERSON },
		{
			title: 'The same once more, with If an Open Visit Exists = Return the Existing',
			parameters: { ...IN_PERSON, options: { onExisting: 'return' } },
		},
	]),
	...at('atHomeVisit', 'reschedule', [
		{
			title: 'An open visit, with If the Visit Is Open = Keep It',
			parameters: {
				...{ ...APPOINTMENT, ...CLEO, gfeId: 'SampleOpenVisit00000' },
				options: { ifOpen: 'keep' },
			},
		},
		{
			title: 'An open visit',
			parameters: { ...APPOINTMENT, ...FAY, gfeId: 'SampleMovedVisit0000' },
		},
		{
			title: 'A completed visit that clears the patient at the new time',
			parameters: {
				...{ ...APPOINTMENT, ...BEN, gfeId: 'SampleCompletedVisit', treatments: 'Botox' },
				options: { validityMonths: 60 },
			},
		},
		{
			title: 'A completed visit that does not',
			parameters: { ...APPOINTMENT, ...BEN, gfeId: 'SampleCompletedVisit', treatments: 'Botox' },
		},
	]),
	...at('atHomeVisit', 'cancel', [
		{ title: 'An open visit', parameters: { gfeId: 'SampleOpenVisit00000' } },
		{ title: 'The same visit once more', parameters: { gfeId: 'SampleOpenVisit00000' } },
		{
			title: 'A completed visit, with If Not Cancellable = Continue',
			parameters: {
				gfeId: 'SampleCompletedVisit',
				options: { ifNotCancellable: 'continue' },
			},
		},
	]),
];
