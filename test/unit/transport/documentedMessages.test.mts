import fc from 'fast-check';
import { saidBy, speaksOfDate } from '../../../nodes/Spakinect/transport/documentedMessages';

describe('a documented message becomes a sentence of our own', () => {
	it.each([
		[401, 'Unauthorized: API key is missing.', /no API key/],
		[401, 'Forbidden: Invalid API key.', /does not know this API key/],
		[403, 'EMR is not authorized for this location', /no access to the location/],
		[403, 'Client is not authorized for this GFE', /no access to this GFE/],
		[404, 'GFE not found', /no GFE/],
		[404, 'GFE with id 7dKq2mWbXr91 not found', /no GFE/],
		[404, 'Location not found', /no location/],
		[400, 'No valid treatments found for the requested treatment names', /treatments/],
		[400, 'location_id is required when requesting favorites', /location ID is missing/],
		[400, '"patient_details.phone" fails to match the pattern', /'Phone'/],
		[400, 'DoB must be in mm/dd/yyyy format', /'Date of Birth'/],
		[422, 'first_name and last_name are required', /'First Name', 'Last Name'/],
		[
			400,
			'Only visits in "Processing", "Scheduled" or "Not Completed" can be cancelled',
			/Processing, Scheduled or Not Completed/,
		],
	])('%i %s', (status, error, sentence) => {
		expect(saidBy({ success: false, error }, status)).toMatch(sentence);
		expect(saidBy({ error: 'Bad Request', message: error }, status)).toMatch(sentence);
	});

	it.each([undefined, null, '', 'GFE not found', [], {}, { error: 5 }, { message: ' ' }])(
		'%j has none',
		(body) => expect(saidBy(body, 400)).toBeUndefined(),
	);

	it('a field that is named under an outage proves nothing', () => {
		expect(saidBy({ error: 'phone service is down' }, 500)).toBeUndefined();
	});
});

describe('nothing of the answer is shown', () => {
	const canary = fc.stringMatching(/^[A-Z][a-z]{6,12}[0-9]{4}$/);
	const documented = fc.constantFrom(
		'phone',
		'dob',
		'GFE not found',
		'EMR is not authorized for this location',
		'No valid treatments found',
	);

	it('whatever stands around a documented message', () => {
		fc.assert(
			fc.property(canary, documented, canary, (before, text, after) => {
				const said = saidBy({ message: `${before} ${text} ${after}` }, 400) ?? '';
				expect(said).not.toContain(before);
				expect(said).not.toContain(after);
			}),
		);
	});

	it('whether it speaks of a date is a yes or no', () => {
		expect(speaksOfDate({ message: 'Quillon born 11/23/1987: dob has not the pattern' })).toBe(
			true,
		);
		expect(speaksOfDate({ message: 'Missing updated field' })).toBe(false);
	});
});
