import { DateTime } from 'luxon';

import type { VisitFilters } from '../../../../nodes/Spakinect/domain/visit/listFilters';
import { buildVisitFilter } from '../../../../nodes/Spakinect/domain/visit/listFilters';
import type { ApiVisit } from '../../../../nodes/Spakinect/domain/visit/visit';
import { expectSafeRejection, rejection } from '../support/rejection.mts';
import { apiVisit, NATHAN } from '../support/visits.mts';
import { sized } from '../../support/size.mts';

const ZONE = 'America/Los_Angeles';
const build = (filters: VisitFilters) => buildVisitFilter(filters, ZONE, '2026-03-10');
const passes = (filters: VisitFilters, changes: ApiVisit = {}) => build(filters)(apiVisit(changes));

// The visit: Completed, Botox and Dermal Filler, evaluated 2026-01-15T10:00 Pacific, Nathan Drake.
describe('one filter', () => {
	it.each<[string, VisitFilters, boolean]>([
		['none', {}, true],
		[
			'blank ones',
			{
				statuses: [],
				patientEmail: '',
				patientName: ' ',
				treatment: undefined,
				completedAfter: '',
			},
			true,
		],
		['statuses: in a list, another case', { statuses: ['rejected', 'COMPLETED'] }, true],
		['statuses: comma-separated', { statuses: 'Rejected, completed' }, true],
		['statuses: not in the list', { statuses: ['Processing'] }, false],
		['statuses: whole texts only', { statuses: ['Not Completed'] }, false],
		['email in another case', { patientEmail: ' NATHAN@example.COM' }, true],
		['a part of the email', { patientEmail: 'nathan' }, false],
		['a part of the name', { patientName: 'dra' }, true],
		['a name with accents and spaces', { patientName: ' NÁTHAN   drake ' }, true],
		['another name', { patientName: 'Sam' }, false],
		['date of birth', { dateOfBirth: '10/27/1990' }, true],
		['date of birth as a DateTime', { dateOfBirth: DateTime.fromISO('1990-10-27') }, true],
		['another date of birth', { dateOfBirth: '1990-10-28' }, false],
		['a requested treatment', { treatment: ' dermal  filler' }, true],
		['a treatment of no list', { treatment: 'Laser' }, false],
		['completed after, the same instant', { completedAfter: '2026-01-15T10:00' }, true],
		['completed after, a second later', { completedAfter: '2026-01-15T10:00:01' }, false],
		['completed after a day: from its start', { completedAfter: '2026-01-15' }, true],
		['completed after the next day', { completedAfter: '2026-01-16' }, false],
		['completed before, the same instant', { completedBefore: '2026-01-15T18:00:00Z' }, false],
		['completed before, a second later', { completedBefore: '2026-01-15T18:00:01Z' }, true],
		['completed before its day', { completedBefore: '2026-01-15' }, false],
		['completed within', { completedAfter: '2026-01-15', completedBefore: '2026-01-16' }, true],
		['all hold', { statuses: 'Completed', treatment: 'Botox', patientName: 'Drake' }, true],
		['one does not', { statuses: 'Completed', treatment: 'Laser', patientName: 'Drake' }, false],
	])('%s', (_, filters, expected) => {
		expect(passes(filters)).toBe(expected);
	});

	it.each<[string, keyof ApiVisit]>([
		['approved', 'approved_treatments'],
		['conditional', 'conditionally_approved_treatments'],
		['deferred', 'deferred_treatments'],
	])('a treatment that is %s without having been requested', (_, list) => {
		expect(passes({ treatment: 'laser' }, { [list]: ['Laser'] })).toBe(true);
	});
});

describe('visits that lack what is filtered for', () => {
	it.each<[string, VisitFilters, ApiVisit]>([
		['no evaluation date', { completedAfter: '2020-01-01' }, { evaluation_completed: undefined }],
		[
			'no evaluation date, before',
			{ completedBefore: '2030-01-01' },
			{ evaluation_completed: null },
		],
		['an unreadable date', { completedAfter: '2020-01-01' }, { evaluation_completed: 'soon' }],
		[
			'a null date of birth',
			{ dateOfBirth: '1990-10-27' },
			{ patient_details: { ...NATHAN, dob: null } },
		],
		['no patient', { patientName: 'Drake' }, { patient_details: null }],
		['no patient, email', { patientEmail: NATHAN.email }, { patient_details: undefined }],
		['no status', { statuses: ['Completed'] }, { status: null }],
	])('do not pass: %s', (_, filters, changes) => {
		expect(passes(filters, changes)).toBe(false);
	});

	it('the start of a day that begins at one o’clock', () => {
		// In Cairo the clocks went from 00:00 to 01:00 on 26 April 2024.
		const filter = buildVisitFilter({ completedAfter: '2024-04-26' }, 'Africa/Cairo', '2026-03-10');
		expect(filter(apiVisit({ evaluation_completed: '2024-04-25T22:00:00Z' }))).toBe(true);
		expect(filter(apiVisit({ evaluation_completed: '2024-04-25T21:59:59Z' }))).toBe(false);
	});
});

describe('filters that cannot be used', () => {
	it.each<[string, VisitFilters, unknown]>([
		['Statuses', { statuses: 12345 }, 12345],
		['Statuses', { statuses: ['Completed', 12345] }, 12345],
		['Patient Email', { patientEmail: 12345 }, 12345],
		['Patient Name', { patientName: ['Drake-Smith'] }, 'Drake-Smith'],
		['Date of Birth', { dateOfBirth: '27/10/1990' }, '27/10/1990'],
		['Treatment', { treatment: { name: 'Botox-1' } }, 'Botox-1'],
		['Completed After', { completedAfter: 'last week-1' }, 'last week-1'],
		['Completed Before', { completedBefore: '2026-02-30' }, '2026-02-30'],
		[
			'Completed Before',
			{ completedAfter: '2026-01-02', completedBefore: '2026-01-02' },
			'2026-01-02',
		],
	])('%s', (field, filters, value) => {
		expectSafeRejection(
			rejection(() => build(filters)),
			field,
			value,
		);
	});
});

it(`looks at ${sized(50_000)} visits in one pass`, () => {
	const filter = build({
		statuses: ['Completed'],
		patientName: 'drake',
		dateOfBirth: '1990-10-27',
		completedAfter: '2026-01-01',
		treatment: 'Dermal Filler',
	});
	const visits = Array.from({ length: sized(50_000) }, (_, index) =>
		apiVisit({ gfe_id: `gfe_${index}` }),
	);
	expect(visits.filter(filter)).toHaveLength(sized(50_000));
});
