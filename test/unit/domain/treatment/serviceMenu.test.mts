import { parseTreatments } from '../../../../nodes/Spakinect/domain/treatment/entries';
import {
	readServiceMenu,
	resolveServices,
} from '../../../../nodes/Spakinect/domain/treatment/serviceMenu';
import { rejection } from '../support/rejection.mts';

const CATALOG = ['Botox', 'Laser, Face', 'Dermal Filler', 'Facial'].map((name, id) => ({
	id: `trt_${id}`,
	name,
}));
const resolve = (entered: unknown, rows: unknown, unknown: 'error' | 'send' = 'error') =>
	resolveServices(parseTreatments(entered), readServiceMenu({ table: { rows } }), CATALOG, unknown);

it.each<[string, unknown, unknown, string[]]>([
	['the menu comes before the catalog', 'facial', { Facial: null }, []],
	['also with other treatments', 'Facial', { facial: 'Botox' }, ['Botox']],
	['ids in the menu', 'A', { A: ['trt_2'] }, ['Dermal Filler']],
	['names with commas in the menu', 'A', { A: 'Laser, Face, Botox' }, ['Laser, Face', 'Botox']],
	[
		'services with commas in a text',
		'A, b, Botox',
		{ 'A, B': 'Laser, Face' },
		['Laser, Face', 'Botox'],
	],
	['surplus spaces', ' LIP   flip ', [{ service: 'Lip Flip', treatments: 'botox' }], ['Botox']],
	[
		'rows of one service are added up, one that needs none included',
		'A',
		[
			{ service: 'A', treatment: 'Botox' },
			{ service: 'a', treatment: '' },
			{ service: 'A', treatment: 'Dermal Filler' },
		],
		['Botox', 'Dermal Filler'],
	],
	['a menu without rows', 'Botox', [], ['Botox']],
])('%s', (_, entered, rows, expected) => {
	expect(resolve(entered, rows)).toEqual(expected);
});

it('sends what is in neither only if told so', () => {
	expect(resolve('New', { A: 'Botox' }, 'send')).toEqual(['New']);
	expect(rejection(() => resolve('New', { A: 'Botox' })).field).toBe('Treatments');
});

it.each([
	[[{}]],
	[[null]],
	[['A']],
	[[{ service: {}, treatments: '' }]],
	[{ '': 'Botox' }],
	['nonsense'],
])('%j is no menu', (rows) =>
	expect(rejection(() => resolve('A', rows)).field).toBe('Service Menu'),
);
