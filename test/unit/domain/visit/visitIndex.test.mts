import fc from 'fast-check';
import { DateTime } from 'luxon';
import { clearanceOfPatient } from '../../../../nodes/Spakinect/domain/clearance/clearance';
import { findOpenVisit } from '../../../../nodes/Spakinect/domain/visit/openVisit';
import type { ApiVisit, Visit } from '../../../../nodes/Spakinect/domain/visit/visit';
import { readVisit } from '../../../../nodes/Spakinect/domain/visit/visit';
import { VisitIndex } from '../../../../nodes/Spakinect/domain/visit/visitIndex';
import { rawVisit, TREATMENTS } from '../support/randomVisits.mts';
import { sized } from '../../support/size.mts';

const question = {
	validityMonths: 12,
	asOf: DateTime.fromISO('2026-02-10T12:00', { zone: 'America/Los_Angeles' }),
	now: Date.parse('2026-04-01T12:00:00Z'),
};
const person = fc
	.tuple(
		fc.constantFrom(['jose', "O'Neil"], ['Ada', 'Chen'], ['Nobody', 'Here']),
		fc.constantFrom('a@example.com', 'b@example.com', undefined),
		fc.constantFrom('1990-10-27', '2015-06-01', undefined),
	)
	.map(([[firstName = '', lastName = ''], email, dateOfBirth]) => ({
		firstName,
		lastName,
		email,
		dateOfBirth,
	}));

const indexOf = (list: ApiVisit[]) => {
	const index = new VisitIndex();
	for (const raw of list) index.add(raw, 'loc_downtown');
	return index;
};
const shaped = (list: ApiVisit[]) =>
	list
		.map((raw) => readVisit(raw, { locationId: 'loc_downtown' }))
		.filter((one) => one !== undefined);

/** What a call gives: its answer, or the message of what it throws. */
const outcome = (call: () => unknown): unknown => {
	try {
		return call();
	} catch (error) {
		return (error as Error).message;
	}
};

it('what is found by the index is what a scan of the whole list finds', () => {
	fc.assert(
		fc.property(fc.array(rawVisit, { maxLength: 25 }), person, (list, who) => {
			const named = indexOf(list)
				.named(who)
				.map(({ visit }) => visit);
			const ask = (visits: Visit[]) =>
				outcome(() => clearanceOfPatient(visits, who, TREATMENTS, question));
			expect(ask(named)).toEqual(ask(shaped(list)));
			for (const kind of ['atHome', 'inPerson'] as const) {
				const find = (visits: Visit[]) => findOpenVisit(visits, who, ['Botox'], kind);
				expect(find(named)).toEqual(find(shaped(list)));
			}
		}),
		{ numRuns: sized(1_000) },
	);
});

it('keeps the object of the API with each visit, and does not find one that names nobody', () => {
	const list = [
		{ gfe_id: 'a', patient_details: { name: 'Ada Chen' }, visit_link: 'https://x.example' },
		{ gfe_id: 'b', patient_details: {} },
		{ patient_details: { name: 'Ada Chen' } },
	];
	const index = indexOf(list);
	const found = index.named({ firstName: 'Ada', lastName: 'Chen' });
	expect(found.map(({ raw }) => raw)).toEqual([list[0]]);
	expect(index.named({ firstName: ' ', lastName: '' })).toEqual([]);
	expect([...index.groups()]).toHaveLength(2);
});
