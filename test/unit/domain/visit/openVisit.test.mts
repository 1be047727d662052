import { findOpenVisit } from '../../../../nodes/Spakinect/domain/visit/openVisit';
import type { ApiVisit } from '../../../../nodes/Spakinect/domain/visit/visit';
import { NATHAN, visit } from '../support/visits.mts';

const who = {
	firstName: 'nathan',
	lastName: 'DRAKE',
	email: 'Nathan@example.com ',
	dateOfBirth: '1990-10-27',
};
const open = (changes: ApiVisit = {}) => visit({ status: 'Processing', ...changes });
const patient = (changes: Record<string, string | null>) =>
	open({ patient_details: { ...NATHAN, ...changes } });

describe('findOpenVisit', () => {
	it.each([
		['the same booking again', open(), ['Botox', 'Dermal Filler'], true, true],
		['fewer treatments, in another spelling', open(), ['botox '], true, true],
		['a treatment more', open(), ['Botox', 'Laser'], false, false],
		['no treatments', open(), [], false, false],
		['a completed visit', visit(), ['Botox'], false, false],
		['a cancelled visit', visit({ status: 'Cancelled by client' }), ['Botox'], false, false],
		['a status that is not known', visit({ status: 'Paused' }), ['Botox'], true, true],
		['no status', visit({ status: undefined }), ['Botox'], true, true],
		['a rejected visit', visit({ status: 'Rejected' }), ['Botox'], false, false],
		['another person', patient({ first_name: 'Sam' }), ['Botox'], false, false],
		['another address', patient({ email: 'x@y.z' }), ['Botox'], false, true],
		['no address', patient({ email: null }), ['Botox'], false, true],
		['another date of birth', patient({ dob: '01-01-1990' }), ['Botox'], true, false],
		['no date of birth', patient({ dob: null }), ['Botox'], true, false],
	])('%s', (_, existing, treatments, atHome, inPerson) => {
		expect(findOpenVisit([existing], who, treatments, 'atHome') !== undefined).toBe(atHome);
		expect(findOpenVisit([existing], who, treatments, 'inPerson') !== undefined).toBe(inPerson);
	});

	it('never takes a visit without the field for a person without it', () => {
		const nobody = { firstName: 'Nathan', lastName: 'Drake' };
		const empty = patient({ email: null, dob: null });
		expect(findOpenVisit([empty], nobody, ['Botox'], 'atHome')).toBeUndefined();
		expect(findOpenVisit([empty], nobody, ['Botox'], 'inPerson')).toBeUndefined();
	});

	it('of several gives the last', () => {
		const visits = [open({ gfe_id: 'a' }), open({ gfe_id: 'b' }), visit({ gfe_id: 'c' })];
		expect(findOpenVisit(visits, who, ['Botox'], 'atHome')?.gfe_id).toBe('b');
	});
});
