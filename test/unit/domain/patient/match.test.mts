import type { ApiVisit } from '../../../../nodes/Spakinect/domain/visit/visit';
import type { PatientQuery } from '../../../../nodes/Spakinect/domain/patient/match';
import { matchPatient } from '../../../../nodes/Spakinect/domain/patient/match';
import { rejection } from '../support/rejection.mts';
import { NATHAN, visit } from '../support/visits.mts';

type Patient = Partial<typeof NATHAN> | Record<string, string | null>;
const of = (id: string, patient: Patient = {}, changes: ApiVisit = {}) =>
	visit({ gfe_id: id, patient_details: { ...NATHAN, ...patient }, ...changes });

const EMAIL = NATHAN.email;
const DOB = '1990-10-27';
const SON = '06-01-2015';
const who = (given: Partial<PatientQuery>): PatientQuery => ({
	firstName: 'Nathan',
	lastName: 'Drake',
	...given,
});
const atHome = (id: string, patient: Patient = {}) => of(id, { dob: null, ...patient });
const inPerson = (id: string, patient: Patient = {}) => of(id, { email: null, ...patient });

describe('matchPatient finds', () => {
	it.each([
		['by email', { email: EMAIL }, [atHome('a')], 'name_and_email', ['a']],
		[
			'an email in another case',
			{ email: ' NATHAN@Example.com' },
			[atHome('a')],
			'name_and_email',
			['a'],
		],
		['by date of birth', { dateOfBirth: DOB }, [inPerson('a')], 'name_and_date_of_birth', ['a']],
		[
			'by both, each visit by what it has',
			{ email: EMAIL, dateOfBirth: DOB },
			[atHome('a'), inPerson('b')],
			'name_email_and_date_of_birth',
			['a', 'b'],
		],
		[
			'by email when both are given and only it is known',
			{ email: EMAIL, dateOfBirth: DOB },
			[atHome('a')],
			'name_and_email',
			['a'],
		],
		[
			'by date of birth when the address changed',
			{ email: 'new@example.com', dateOfBirth: DOB },
			[of('a')],
			'name_and_date_of_birth',
			['a'],
		],
		[
			'two addresses of one person with one date of birth',
			{ dateOfBirth: DOB },
			[of('a'), of('b', { email: 'new@example.com' })],
			'name_and_date_of_birth',
			['a', 'b'],
		],
		[
			'the in-person visit that shares the date of birth of the email match',
			{ email: EMAIL },
			[inPerson('a'), of('b')],
			'name_and_email',
			['a', 'b'],
		],
		[
			'the at-home visit that shares the address of the date-of-birth match',
			{ dateOfBirth: DOB },
			[of('a'), atHome('b')],
			'name_and_date_of_birth',
			['a', 'b'],
		],
		[
			'a name with other accents, case, spaces and apostrophe',
			{ firstName: ' JOSE  maria', lastName: "O'Neil", email: EMAIL },
			[atHome('a', { first_name: 'José Maria', last_name: 'O’Neil' })],
			'name_and_email',
			['a'],
		],
		[
			'a visit that has only the full name',
			{ email: EMAIL },
			[atHome('a', { first_name: null, last_name: null })],
			'name_and_email',
			['a'],
		],
		[
			'a visit whose last name is only in the full name',
			{ email: EMAIL },
			[atHome('a', { last_name: null })],
			'name_and_email',
			['a'],
		],
		['nobody by another name', { email: EMAIL, firstName: 'Sam' }, [of('a')], null, []],
		['nobody by a nickname', { email: EMAIL, firstName: 'Nate' }, [of('a')], null, []],
		['nobody by another email', { email: 'sam@example.com' }, [of('a')], null, []],
		['nobody without a name', { email: EMAIL }, [of('a', { name: '', first_name: '' })], null, []],
		['nobody in an empty list', { email: EMAIL }, [], null, []],
	])('%s', (_, given, visits, matchedBy, ids) => {
		const match = matchPatient(visits, who(given));
		expect(match.visits.map(({ gfe_id }) => gfe_id)).toEqual(ids);
		expect(match.matchedBy).toBe(matchedBy);
	});
});

describe('matchPatient never picks', () => {
	it.each([
		[
			'father and son share name and address, only the address is given',
			{ email: EMAIL },
			[of('father'), of('son', { dob: SON })],
			'Date of Birth',
		],
		[
			'the address matches a visit with another date of birth',
			{ email: EMAIL, dateOfBirth: DOB },
			[of('son', { dob: SON })],
			'Date of Birth',
		],
		[
			'one visit with the address fits the date of birth and one contradicts it',
			{ email: EMAIL, dateOfBirth: DOB },
			[of('father'), of('son', { dob: SON })],
			'Email',
		],
	])('%s', (_, given, visits, advice) => {
		const error = rejection(() => matchPatient(visits, who(given)));
		expect(error.field).toBe('Patient');
		expect(error.advice).toContain(`'${advice}'`);
		for (const value of ['Nathan', 'Drake', EMAIL, '1990', '2015', 'father', 'son']) {
			expect(`${error.message} ${error.advice}`).not.toMatch(new RegExp(`\\b${value}\\b`));
		}
	});

	it('does not follow an address that two dates of birth share', () => {
		const visits = [of('father'), of('son', { dob: SON }), atHome('either')];
		const match = matchPatient(visits, who({ dateOfBirth: DOB }));
		expect(match.visits.map(({ gfe_id }) => gfe_id)).toEqual(['father']);
		expect(match.possible.map(({ gfe_id }) => gfe_id)).toEqual(['either']);
	});

	it.each([
		['the name alone', {}],
		['a blank email', { email: ' ' }],
	])('%s finds nobody', (_, given) => {
		expect(matchPatient([of('a')], who(given)).visits).toEqual([]);
	});
});

describe('possible visits', () => {
	it.each([
		[
			'asked by email: a visit without address',
			{ email: EMAIL },
			[atHome('a'), inPerson('b')],
			['b'],
		],
		[
			'asked by email: not one with another address',
			{ email: EMAIL },
			[of('b', { email: 'x@y.z' })],
			[],
		],
		[
			'asked by date of birth: a visit without one',
			{ dateOfBirth: DOB },
			[inPerson('a'), atHome('b')],
			['b'],
		],
		[
			'asked by date of birth: not one with another',
			{ dateOfBirth: DOB },
			[of('b', { dob: SON })],
			[],
		],
		[
			'an email match that tells the date of birth rules out others',
			{ email: EMAIL },
			[of('a'), inPerson('b', { dob: SON })],
			[],
		],
		[
			'asked by both: only a visit that has neither',
			{ email: EMAIL, dateOfBirth: DOB },
			[of('a'), of('b', { email: null, dob: null }), atHome('c', { email: 'x@y.z' })],
			['b'],
		],
	])('%s', (_, given, visits, ids) => {
		expect(matchPatient(visits, who(given)).possible.map(({ gfe_id }) => gfe_id)).toEqual(ids);
	});
});
