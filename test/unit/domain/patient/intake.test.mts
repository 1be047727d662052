import fc from 'fast-check';

import { InputError } from '../../../../nodes/Spakinect/domain/inputError';
import { buildIntakeAnswers } from '../../../../nodes/Spakinect/domain/patient/intake';
import { expectSafeRejection, rejection } from '../support/rejection.mts';
import { sized } from '../../support/size.mts';

const NO = { selected: 'no', items: [] };
const allergies = (value: unknown) => buildIntakeAnswers({ allergies: value })[0]?.answer;

describe('buildIntakeAnswers', () => {
	it('keeps the order of the questions and sends strings', () => {
		const input = {
			medications: 'Aspirin',
			medicalConditions: 'none',
			allergies: 'Latex, Penicillin',
			pregnantBreastfeedingIvf: 'no',
		};
		expect(buildIntakeAnswers(input)).toEqual([
			{ question: 'pregnant-breastfeeding-ivf', answer: 'No' },
			{ question: 'allergies', answer: { selected: 'yes', items: ['Latex', 'Penicillin'] } },
			{ question: 'medical-conditions', answer: NO },
			{ question: 'medications', answer: { selected: 'yes', items: ['Aspirin'] } },
		]);
	});

	it.each([undefined, null, '', '  '])('leaves a question out when it is %p', (value) => {
		const input = {
			pregnantBreastfeedingIvf: value,
			allergies: value,
			medicalConditions: value,
			medications: value,
		};
		expect(buildIntakeAnswers(input)).toEqual([]);
	});

	it.each([
		['Yes', 'Yes'],
		['YES ', 'Yes'],
		['no', 'No'],
		['n/a', 'N/A'],
		[true, 'Yes'],
		[false, 'No'],
	])('pregnant: %p is "%s"', (value, answer) => {
		expect(buildIntakeAnswers({ pregnantBreastfeedingIvf: value })[0]?.answer).toBe(answer);
	});

	it.each(['maybe', 'true', 'Yes, since May', 1, [], {}])('pregnant: %p is refused', (value) => {
		expectSafeRejection(
			rejection(() => buildIntakeAnswers({ pregnantBreastfeedingIvf: value })),
			'Pregnant, Breastfeeding or IVF',
			value,
		);
	});
});

describe('list questions', () => {
	it.each([
		['none', 'none', NO],
		['none in capitals', ' NONE ', NO],
		['no', 'No', NO],
		['none in an array', ['None'], NO],
		['an empty array', [], NO],
		['an empty JSON array', ' [] ', NO],
		['a text', 'Latex', { selected: 'yes', items: ['Latex'] }],
		['an array', ['Latex', ' Nickel '], { selected: 'yes', items: ['Latex', 'Nickel'] }],
		['a JSON array', '["Nuts, all kinds"]', { selected: 'yes', items: ['Nuts, all kinds'] }],
		['repeats', 'latex, Latex', { selected: 'yes', items: ['latex'] }],
		['an item that merely contains none', 'Nonesuch', { selected: 'yes', items: ['Nonesuch'] }],
		['blank elements, which say nothing', ['', ' '], undefined],
		['commas only, which say nothing', ' , ', undefined],
	])('%s', (_, value, answer) => {
		expect(allergies(value)).toEqual(answer);
	});

	it.each([
		['none beside an item', 'none, Penicillin'],
		['no beside an item', ['Penicillin', 'No']],
		['yes without saying what', 'yes'],
		['yes beside an item', 'yes, Penicillin'],
		['n/a, which is neither', 'N/A'],
		['a boolean', true],
		['a number', 12345],
		['a number inside', ['Latex', 12345]],
		['an object', { name: 'Latex' }],
		['a broken JSON array', '["Latex"'],
	])('refuses %s', (_, value) => {
		expectSafeRejection(
			rejection(() => allergies(value)),
			'Allergies',
			value,
		);
	});

	it.each([
		['medicalConditions', 'Medical Conditions'],
		['medications', 'Medications'],
	])('%s names its own field', (key, field) => {
		expect(rejection(() => buildIntakeAnswers({ [key]: 5 })).field).toBe(field);
	});
});

describe('words for none', () => {
	it.each([
		'None.',
		'none known',
		'None known!',
		'nil',
		'Nil known',
		'NKA',
		'NKDA',
		'N.K.D.A.',
		'nkda.',
		'No known allergies',
		'no known drug allergies',
		'No Known Drug/Food Allergies.',
		'no allergies',
		'no current allergies',
		'Denies',
		'denies any allergies',
		'none reported',
		'none at this time',
		'nothing',
		'NONE, None.',
		['No known allergies.'],
		'none; nil',
	])('%j', (value) => {
		expect(allergies(value)).toEqual(NO);
	});

	it.each([
		['medicalConditions', 'No known medical conditions'],
		['medicalConditions', 'no medical history'],
		['medicalConditions', 'No conditions.'],
		['medications', 'no medications'],
		['medications', 'No current meds'],
		['medications', 'Not taking any'],
		['medications', 'nil'],
	])('%s: %s', (field, value) => {
		expect(buildIntakeAnswers({ [field]: value })[0]?.answer).toEqual(NO);
	});

	it.each([
		'No shellfish',
		'no latex allergy',
		'Nonsteroidal drugs',
		'Nickel',
		'Nil-by-mouth drug',
		'Nothing but latex',
		'None-such',
		'Noxzema',
	])('but not %j', (value) => {
		expect(allergies(value)).toEqual({ selected: 'yes', items: [value] });
	});
});

describe('placeholders, with which nobody answered', () => {
	it.each([
		'-',
		'--',
		'—',
		'?',
		'.',
		'N/A',
		'n.a.',
		'NA',
		'null',
		'undefined',
		'NaN',
		'unknown',
		'Unknown.',
		'not provided',
		'[object Object]',
		'Latex, -',
		'Latex; unknown',
		['null'],
		'{{ $json.allergies }}',
		'#N/A',
		'true',
		'0',
		'5 ',
		'2026-11-26',
		'Latex, 0',
		'false',
		'[0]',
		['0'],
	])('%j', (value) => {
		const error = rejection(() => allergies(value));
		expectSafeRejection(error, 'Allergies', value);
	});

	it.each([
		['medications', 'NKDA', 'Medications'],
		['medicalConditions', 'no known allergies', 'Medical Conditions'],
		['allergies', 'no medications', 'Allergies'],
	])('%s: %s is the answer to another question', (key, value, field) => {
		expect(rejection(() => buildIntakeAnswers({ [key]: value })).field).toBe(field);
	});
});

describe('intake answers, whatever goes in', () => {
	const FIELDS = [
		'Pregnant, Breastfeeding or IVF',
		'Allergies',
		'Medical Conditions',
		'Medications',
	];
	const anything = fc.oneof(
		fc.anything(),
		fc.string(),
		fc.array(fc.string()),
		fc.constantFrom('none', 'Yes', 'No', 'N/A', true, false, '[]'),
	);

	it('fits the API or is a safe refusal', () => {
		const input = fc.record({
			pregnantBreastfeedingIvf: anything,
			allergies: anything,
			medicalConditions: anything,
			medications: anything,
		});
		fc.assert(
			fc.property(input, (given) => {
				let answers: ReturnType<typeof buildIntakeAnswers>;
				try {
					answers = buildIntakeAnswers(given);
				} catch (error) {
					expect(error).toBeInstanceOf(InputError);
					const { field } = error as InputError;
					expect(FIELDS).toContain(field);
					for (const value of Object.values(given)) {
						if (typeof value === 'string') expectSafeRejection(error as InputError, field, value);
					}
					return;
				}
				for (const { question, answer } of answers) {
					if (question === 'pregnant-breastfeeding-ivf') {
						expect(['Yes', 'No', 'N/A']).toContain(answer);
						continue;
					}
					const { selected, items } = answer as { selected: string; items: string[] };
					expect(items.length > 0).toBe(selected === 'yes');
					expect(items.every((item) => typeof item === 'string' && item !== '')).toBe(true);
				}
			}),
			{ numRuns: sized(2000) },
		);
	});
});
