import type { KeySeed, Location, Settings, Treatment } from './types.mts';

const treatmentNames = [
	'Botox',
	'Botox Cosmetic',
	'Dysport',
	'Xeomin',
	'Jeuveau',
	'Daxxify',
	'Dermal Filler',
	'Restylane Lyft',
	'Restylane Kysse',
	'Juvederm Voluma XC',
	'Juvederm Ultra XC',
	'RHA 3',
	'Sculptra',
	'Radiesse',
	'Kybella',
	'Chemical Peel',
	'Laser Hair Removal',
	'Laser Skin Resurfacing',
	'IPL Photofacial',
	'Laser Tattoo Removal',
	'Microneedling',
	'RF Microneedling',
	'PRP Facial',
	'PRP Hair Restoration',
	'Hydrafacial',
	'IV Therapy',
	'Vitamin B12 Injection',
	'NAD+ Injection',
	'Weight Loss (Semaglutide)',
	'Body Contouring',
	'CoolSculpting',
	'Sclerotherapy',
];

/** The catalog. Requests take names. IDs appear only in answers. */
export const seedTreatments: Treatment[] = treatmentNames.map((name) => ({
	id: `trt_${name
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '_')
		.replace(/^_|_$/g, '')}`,
	name,
}));

export const seedLocations: Location[] = [
	{ id: 'loc_downtown', name: 'Downtown' },
	{ id: 'loc_uptown', name: 'Uptown' },
	{ id: 'loc_other_emr', name: 'Other EMR' },
];

export const seedKeys: KeySeed[] = [
	{ key: 'emr-test-key', kind: 'emr', locations: ['loc_downtown', 'loc_uptown'] },
	{ key: 'emr-second-key', kind: 'emr', locations: ['loc_other_emr'] },
	{ key: 'client-test-key', kind: 'client', locations: ['loc_downtown', 'loc_uptown'] },
];

/** Favorite treatment names by location ID. */
export const seedFavorites: Record<string, string[]> = {
	loc_downtown: ['Botox', 'Dermal Filler', 'Laser Hair Removal'],
	loc_uptown: [],
	loc_other_emr: [],
};

export const defaultSettings: Settings = {
	linkTtlMs: 60_000,
	clientListForm: 'query',
	treatmentsEmpty: '200',
	dobForm: 'slashes',
	inPersonIdField: 'gfe_id',
	visitLink: true,
	evaluationCompleted: 'iso',
	pdfBytes: 0,
	unknownTreatments: 'drop',
	atHomeDob: 'absent',
	webhookRetryDelaysMs: [],
	webhookTimeoutMs: 10_000,
};
