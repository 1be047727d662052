import type { ApiVisit, Visit } from '../../../../nodes/Spakinect/domain/visit/visit';
import { readVisit } from '../../../../nodes/Spakinect/domain/visit/visit';

/** A patient of the tests. */
export const NATHAN = {
	name: 'Nathan Drake',
	first_name: 'Nathan',
	last_name: 'Drake',
	email: 'nathan@example.com',
	dob: '10-27-1990',
};

/** A completed visit of the tests, everything approved, as the EMR API sends it. */
export function apiVisit(changes: ApiVisit = {}): ApiVisit {
	return {
		gfe_id: 'gfe_1',
		status: 'Completed',
		requested_treatments: ['Botox', 'Dermal Filler'],
		approved_treatments: ['Botox', 'Dermal Filler'],
		conditionally_approved_treatments: [],
		deferred_treatments: [],
		evaluation_completed: '2026-01-15T10:00:00-08:00',
		pdf_link: 'https://files.example.com/gfe_1.pdf?signature=x',
		patient_details: NATHAN,
		...changes,
	};
}

/** The same in the package's shape. */
export function visit(changes: ApiVisit = {}): Visit {
	const read = readVisit(apiVisit(changes));
	if (!read) throw new Error('the test gave no visit');
	return read;
}
