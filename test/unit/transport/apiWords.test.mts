import fc from 'fast-check';
import { safeWords } from '../../../nodes/Spakinect/transport/apiWords';

const said = (text: string) => safeWords({ success: false, error: text });

describe('texts that the documentation names come through', () => {
	it.each([
		['Unauthorized: API key is missing.', 'Unauthorized: API key is missing'],
		['Forbidden: Invalid API key.', 'Forbidden: Invalid API key'],
		['EMR is not authorized for this location', 'EMR is not authorized for this location'],
		['DoB must be in mm/dd/yyyy format', 'DoB must be in mm/dd/yyyy format'],
		['GFE not found', 'GFE not found'],
		[
			'No valid treatments found for the requested treatment names',
			'No valid treatments found for the requested treatment names',
		],
		[
			'location_id is required when requesting favorites',
			'location_id is required when requesting favorites',
		],
		[
			'Only visits in "Processing", "Scheduled" or "Not Completed" can be cancelled',
			'Only visits in Processing Scheduled or Not Completed can be cancelled',
		],
		[
			'"patient_details.phone" fails to match the pattern',
			'patient_details.phone fails to match the pattern',
		],
	])('%s', (text, shown) => {
		expect(said(text)).toBe(shown);
	});

	it('prefers message over the category in error', () => {
		expect(safeWords({ error: 'Bad Request', message: 'phone is required' })).toBe(
			'phone is required',
		);
	});

	it.each([undefined, null, '', 'text', '<html>', 7, [], {}, { error: 5 }, { message: ' ' }])(
		'no text in %j',
		(body) => expect(safeWords(body)).toBeUndefined(),
	);
});

describe('what could be the patient does not come through', () => {
	it.each([
		['phone:+12025550123 is not valid', 'phone is not valid'],
		['dob=04/25/1990 must be in the format', 'dob must be in the format'],
		['email(ada@example.com) is not valid', '… is not valid'],
		[
			'the patient Faith Long already exists in this location',
			'the patient … already exists in this location',
		],
		[
			'the patient An On already exists in this location',
			'the patient … already exists in this location',
		],
		['value "Penicillin" is not an allowed value', 'value … is not an allowed value'],
		['visit 7dKq2mWbXr91 is already completed', 'visit … is already completed'],
	])('%s', (text, shown) => {
		expect(said(text)).toBe(shown);
	});

	it('says nothing where most of it is unknown', () => {
		expect(said('Smith Nathan born 1990 in Springfield')).toBeUndefined();
	});

	const patientText = fc.oneof(
		fc.constantFrom(
			'Nathan',
			'Faith',
			'Day',
			'Long',
			'Grace',
			'Smith',
			'Zoë',
			"O'Neil",
			'Jean-Luc',
			'An',
		),
		fc.emailAddress(),
		fc
			.date({ noInvalidDate: true, min: new Date('1900-01-01'), max: new Date('2026-01-01') })
			.map((date) => date.toISOString().slice(0, 10)),
		fc.integer({ min: 100, max: 9_999_999_999 }).map(String),
		fc.string({ minLength: 12, maxLength: 12 }).map((text) => `zq${text.replace(/\s/g, 'x')}`),
	);
	const frame = fc.constantFrom(
		['the patient ', ' already exists in this location'],
		['phone:', ' is not a valid value'],
		['field email="', '" must be a valid email'],
		['date_of_birth/', ' is not in the format'],
		['Invalid value (', ') for the field'],
	);
	it('whatever is quoted, wherever it clings', () => {
		fc.assert(
			fc.property(patientText, frame, (text, [before, after]) => {
				expect(said(`${before}${text}${after}`) ?? '').not.toContain(text);
			}),
		);
	});
});
