import type { INodeParameters } from 'n8n-workflow';
import { bookingParameters, clearanceParameters, inPersonParameters } from './patient.mts';

/** Valid parameters for each "resource operation". The GFE is `v1`. */
export const PARAMETERS: Record<string, INodeParameters[]> = {
	'atHomeVisit create': [
		bookingParameters,
		{
			...bookingParameters,
			intakeAnswers: {
				allergies: 'latex',
				medicalConditions: 'none',
				medications: '',
				pregnantBreastfeedingIvf: 'N/A',
			},
			options: {
				onExisting: 'return',
				reference: 'r',
				unknownTreatments: 'send',
				timezone: 'UTC',
			},
		},
	],
	'inPersonVisit create': [
		inPersonParameters,
		{ ...inPersonParameters, intakeAnswers: { medications: 'a, b' } },
	],
	'atHomeVisit get': [{ gfeId: 'v1' }],
	'inPersonVisit get': [{ gfeId: 'v1' }],
	'atHomeVisit cancel': [{ gfeId: 'v1' }],
	'atHomeVisit reschedule': [{ ...bookingParameters, gfeId: 'v1' }],
	'gfe getAll': [{ locationId: 'loc_downtown' }],
	'gfe downloadPdf': [{ gfeId: 'v1' }],
	'gfe checkClearance': [clearanceParameters],
	'gfe getExpiring': [{ locationId: 'loc_downtown', options: { treatments: ['Botox'] } }],
	'gfe reconcile': [
		{ locationId: 'loc_downtown', gfeId: 'v1' },
		{ locationId: 'loc_downtown', options: { show: ['same', 'unrecorded'], output: 'raw' } },
	],
	'treatment getAll': [{}, { source: 'favorites', locationId: 'loc_downtown' }],
	'location subscribe': [{ locationId: 'loc_downtown' }],
	'webhook register': [{ webhookUrl: 'https://n8n.example.com/x?y=1' }],
};
