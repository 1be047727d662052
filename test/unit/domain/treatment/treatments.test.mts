import fc from 'fast-check';
import { closestNames, editDistance } from '../../../../nodes/Spakinect/domain/treatment/refusals';
import { InputError } from '../../../../nodes/Spakinect/domain/inputError';
import type { CatalogTreatment } from '../../../../nodes/Spakinect/domain/treatment/treatments';
import { parseTreatments } from '../../../../nodes/Spakinect/domain/treatment/entries';
import { resolveTreatments } from '../../../../nodes/Spakinect/domain/treatment/treatments';
import { sameTreatment } from '../../../../nodes/Spakinect/domain/treatment/key';
import { expectSafeRejection, rejection } from '../support/rejection.mts';
import { sized } from '../../support/size.mts';

const CATALOG = [
	{ id: 'trt_1', name: 'Botox' },
	{ id: 'trt_2', name: 'Botox Cosmetic' },
	{ id: 'trt_3', name: 'Dermal Filler' },
	{ id: 'trt_4', name: 'Laser, Hair Removal' },
	{ id: 'trt_5', name: 'Laser' },
	{ id: 'trt_6', name: 'Peel, Light, Face' },
];
const resolve = (value: unknown, mode: 'error' | 'send' = 'error') =>
	resolveTreatments(parseTreatments(value), CATALOG, mode);
const within = (names: string[], value: unknown, mode: 'error' | 'send' = 'error') =>
	resolveTreatments(
		parseTreatments(value),
		names.map((name) => ({ name })),
		mode,
	);

describe('parseTreatments', () => {
	it.each([
		['an array', ['Botox', 'Laser'], ['Botox', 'Laser']],
		['a JSON array', '["Botox", "Laser"]', ['Botox', 'Laser']],
		['a comma-separated text', 'Botox,Laser', ['Botox', 'Laser']],
		['one line for each', 'Botox\r\nLaser', ['Botox', 'Laser']],
		['one name', 'Botox', ['Botox']],
		[
			'surplus spaces and empty elements',
			' Botox ,, Dermal   Filler , ',
			['Botox', 'Dermal Filler'],
		],
		['semicolons, as HubSpot writes them', 'Botox;Laser', ['Botox', 'Laser']],
		['entities', 'Laser &amp; Light; O&#39;Peel, A&#x26;B', ['Laser & Light', "O'Peel", 'A&B']],
		['entities in an array, once', ['A &amp;amp; B'], ['A &amp; B']],
		['catalog entries', CATALOG.slice(0, 2), ['Botox', 'Botox Cosmetic']],
		['entries that have only an id', [{ id: 'trt_1' }], ['trt_1']],
		['a single entry', { id: 'trt_1', name: 'Botox' }, ['Botox']],
		['elements of an array with commas, not cut', ['Laser, Hair Removal'], ['Laser, Hair Removal']],
	])('reads %s', (_, value, expected) => {
		expect(parseTreatments(value).texts).toEqual(expected);
	});

	it.each([
		['nothing', undefined],
		['an empty text', ''],
		['commas only', ' , ,'],
		['an empty array', []],
		['an empty JSON array', '[]'],
		['a broken JSON array', '["Botox", '],
		['a number', 1234567],
		['a number inside', ['Botox', 1234567]],
		['an array inside', [['Botox']]],
		['an entry without name and id', [{ title: 'Botox' }]],
		['a value that was missing', 'Botox, undefined'],
		['a formula that failed', 'Botox, #REF!'],
		['an object made a text', '[object Object]'],
	])('refuses %s', (_, value) => {
		expectSafeRejection(
			rejection(() => parseTreatments(value)),
			'Treatments',
			value,
		);
	});

	it('whatever goes in: at least one name, none empty, or a safe refusal', () => {
		const anything = fc.oneof(fc.anything(), fc.string(), fc.array(fc.string()), fc.json());
		fc.assert(
			fc.property(anything, (value) => {
				let names: string[];
				try {
					names = parseTreatments(value).texts;
				} catch (error) {
					expect(error).toBeInstanceOf(InputError);
					const shown = typeof value === 'string' ? value : '';
					expectSafeRejection(error as InputError, 'Treatments', shown);
					return;
				}
				expect(names.length).toBeGreaterThan(0);
				expect(names.every((name) => typeof name === 'string' && name.trim() === name)).toBe(true);
				expect(names).not.toContain('');
			}),
			{ numRuns: sized(2000) },
		);
	});
});

describe('resolveTreatments', () => {
	it.each([
		['the catalog spelling', 'botox,  DERMAL   filler', ['Botox', 'Dermal Filler']],
		['ids as names', ['trt_3', 'Botox'], ['Dermal Filler', 'Botox']],
		['one treatment given as id and as name once', ['trt_1', 'botox'], ['Botox']],
		['a name with a comma in an array', ['laser, hair removal'], ['Laser, Hair Removal']],
		['a name that the comma cut', 'Botox, Laser, Hair Removal', ['Botox', 'Laser, Hair Removal']],
		['a name that two commas cut', 'Peel, Light, Face, Laser', ['Peel, Light, Face', 'Laser']],
		['pieces that are all treatments alone', 'Laser, Botox', ['Laser', 'Botox']],
	])('gives %s', (_, value, expected) => {
		expect(resolve(value)).toEqual(expected);
	});

	const FACE = ['Laser, Face', 'Laser, Neck', 'Neck'];
	it.each([
		['joins before repeats are removed', FACE, 'Laser, Face, Laser, Neck', FACE.slice(0, 2)],
		['repeats', ['Botox', 'Peel'], 'Botox, peel, BOTOX', ['Botox', 'Peel']],
		['repeats of a name with a comma', FACE, 'laser, face; Laser,  Face', ['Laser, Face']],
		['semicolons between names with commas', FACE, 'Laser, Face; Laser, Neck', FACE.slice(0, 2)],
		['line breaks between names with commas', FACE, 'Laser, Face\nLaser, Neck', FACE.slice(0, 2)],
		['a comma at the end of a line', FACE, 'Laser, Face,\nNeck', ['Laser, Face', 'Neck']],
		['a name whose comma has no space', ['A,B', 'C'], 'A, B, C', ['A,B', 'C']],
		['a name with a semicolon', ['A; B', 'C'], 'A;B, C', ['A; B', 'C']],
		[
			'a long name',
			['a, b, c, d, e, f, g', 'h'],
			'a, b, c, d, e, f, g, h',
			['a, b, c, d, e, f, g', 'h'],
		],
		['a name that holds an entity', ['Laser &amp; Light'], 'Laser & Light', ['Laser &amp; Light']],
		['the reading in which the rest fits too', ['A, B', 'A', 'B, C'], 'A, B, C', ['A', 'B, C']],
	])('%s', (_, names, value, expected) => {
		expect(within(names, value)).toEqual(expected);
	});

	it.each([
		[
			'pieces that are treatments alone and together',
			['Laser, Face', 'Laser', 'Face'],
			'Laser, Face',
		],
		['two ways to join', ['A, B', 'C', 'A', 'B, C'], 'A, B, C'],
		['the same beside others', ['X', 'A, B', 'A', 'B'], 'X, A, B, X'],
	])('refuses a text with more than one reading: %s', (_, names, value) => {
		for (const mode of ['error', 'send'] as const) {
			const error = rejection(() => within(names, value, mode));
			expectSafeRejection(error, 'Treatments', value);
			expect(error.message).toContain('more than one way');
		}
	});

	it('never joins elements of an array, nor lines', () => {
		expect(within(['Laser, Face', 'Laser', 'Face'], ['Laser', 'Face'])).toEqual(['Laser', 'Face']);
		expect(within(['Laser, Face', 'Laser', 'Face'], 'Laser\nFace')).toEqual(['Laser', 'Face']);
		expect(rejection(() => within(['Laser, Face'], ['Laser', 'Face'])).message).toContain('"Face"');
		expect(rejection(() => within(['Laser, Face'], '["Laser", "Face"]')).field).toBe('Treatments');
	});

	it('a text of names with commas reads as these names or is refused', () => {
		const name = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 3 });
		const names = fc.uniqueArray(
			name.map((parts) => parts.join(', ')),
			{ minLength: 1, maxLength: 6 },
		);
		fc.assert(
			fc.property(names, fc.array(fc.nat(), { minLength: 1, maxLength: 5 }), (catalog, picks) => {
				const chosen = picks.map((pick) => catalog[pick % catalog.length]!);
				const wanted = [...new Set(chosen)];
				expect(within(catalog, chosen)).toEqual(wanted);
				let read: string[];
				try {
					read = within(catalog, chosen.join(', '));
				} catch (error) {
					expect((error as InputError).message).toContain('more than one way');
					return;
				}
				// Readings that differ in the order only are the same request.
				expect([...read].sort()).toEqual([...wanted].sort());
			}),
			{
				numRuns: sized(2_000),
				examples: [
					[
						['c, c', 'c, c, c', 'a'],
						[0, 1],
					],
				],
			},
		);
	});

	it.each<[string, unknown[], unknown, string[]]>([
		['nameless entries', [{ id: 'a' }, { id: 'b', name: null }, { name: ' ' }], 'Botox', ['Botox']],
		['the very spelling before another one', [{ id: 'a', name: 'BOTOX' }], 'Botox', ['Botox']],
		['numbers as ids', [{ id: 7, name: 'Peel' }], [{ id: 7 }, '7'], ['Peel']],
		['a character that nobody sees', [], 'Bo\u200btox', ['Botox']],
	])('copes with %s', (_, before, value, expected) => {
		const catalog = [...(before as CatalogTreatment[]), { id: 'trt', name: 'Botox' }];
		expect(resolveTreatments(parseTreatments(value), catalog, 'error')).toEqual(expected);
	});

	it('an entry without id is not called undefined', () => {
		const catalog = [{ name: 'Botox' }, { id: null, name: 'Peel' }];
		for (const text of ['undefined', 'null']) {
			expect(rejection(() => resolveTreatments({ texts: [text] }, catalog, 'error')).field).toBe(
				'Treatments',
			);
		}
	});

	it('never takes a similar name', () => {
		expect(rejection(() => resolve('Botxo')).message).toContain('"Botxo" (did you mean "Botox"?)');
	});

	it('names every unknown treatment, and none of the known ones', () => {
		const { message, field } = rejection(() => resolve('Botox, Filler, Zzzzzzzzzz'));
		expect(field).toBe('Treatments');
		expect(message).toContain('"Filler" (did you mean "Dermal Filler"?)');
		expect(message).toContain('"Zzzzzzzzzz"');
		expect(message).not.toContain('"Botox"');
	});

	it('keeps unknown ones as typed when told to send them', () => {
		expect(resolve('Botox - 20 units, laser', 'send')).toEqual(['Botox - 20 units', 'Laser']);
	});

	it('ids are compared exactly', () => {
		expect(rejection(() => resolve('TRT_1')).field).toBe('Treatments');
	});

	it('caps what it repeats: five names of sixty characters, no markup', () => {
		const names = Array.from({ length: 8 }, (_, index) => `<b>${index}${'x'.repeat(90)}`);
		const { message } = rejection(() => resolve(names));
		expect(message).toContain('and 3 more');
		expect(message).not.toContain('<');
		expect(message.length).toBeLessThan(500);
	});

	it('an empty catalog knows nothing', () => {
		expect(rejection(() => resolveTreatments({ texts: ['Botox'] }, [], 'error')).message).toContain(
			'"Botox"',
		);
	});
});

describe('comparing and suggesting', () => {
	it('compares without case and surplus spaces only', () => {
		expect(sameTreatment(' botox  Cosmetic', 'Botox Cosmetic')).toBe(true);
		expect(sameTreatment('Botox', 'Botox Cosmetic')).toBe(false);
		expect(sameTreatment('Café\u0301 Peel', 'Café\u0301 peel')).toBe(true);
		expect(sameTreatment('Cafe\u0301', 'Caf\u00e9')).toBe(true);
	});

	it.each([
		['', '', 0],
		['botox', 'botox', 0],
		['botox', '', 5],
		['botxo', 'botox', 1],
		['laser', 'lasers', 1],
		['ab', 'ba', 1],
		['dermal', 'demral', 1],
		['abcd', 'badc', 2],
		['kitten', 'sitting', 3],
	])('edit distance of "%s" and "%s" is %d', (left, right, distance) => {
		expect(editDistance(left, right)).toBe(distance);
		expect(editDistance(right, left)).toBe(distance);
	});

	it('puts names that the text contains first, and gives three at most', () => {
		const names = ['Botox', 'Botox Cosmetic', 'Dermal Filler', 'Botax', 'Botix', 'Botux'];
		expect(closestNames('Botox - 20 units (new client)', names)[0]).toBe('Botox');
		expect(closestNames('Dermal Filler or Botix', names).slice(0, 2)).toEqual([
			'Dermal Filler',
			'Botix',
		]);
		expect(closestNames('Botux Cosmetix', names)).toEqual(['Botux', 'Botox Cosmetic']);
		expect(closestNames('Botex', names)).toEqual(['Botax', 'Botix', 'Botox']);
		expect(closestNames('Botix', [...names].reverse())).toEqual(['Botix', 'Botax', 'Botox']);
		expect(closestNames('qqqqqqqqqqqq', names)).toEqual([]);
	});
});
