import fc from 'fast-check';
import { parseDelivery } from '../../../../nodes/Spakinect/trigger/webhook/deliveries/delivery';

const parse = (body: unknown) => parseDelivery(Buffer.from(JSON.stringify(body) ?? ''));
const DATA = {
	gfe_id: 'g1',
	location_id: 'l1',
	status: 'Completed',
	requested_treatments: ['Botox'],
};
const BODY = { event: 'visit.completed', timestamp: 1_760_000_000_000, success: true, data: DATA };

describe('parseDelivery', () => {
	it('reads a delivery', () => {
		expect(parse(BODY)).toEqual({
			delivery: {
				event: 'visit.completed',
				data: DATA,
				gfeId: 'g1',
				locationId: 'l1',
				timestamp: 1_760_000_000_000,
				incomplete: false,
			},
		});
	});

	it('reads past a byte order mark', () => {
		expect(parseDelivery(Buffer.from(`\uFEFF${JSON.stringify(BODY)}`))).toHaveProperty('delivery');
	});

	it.each([
		['no body', Buffer.alloc(0), 'The body is not JSON'],
		['cut off', Buffer.from('{"event":'), 'The body is not JSON'],
		['bytes that are not UTF-8', Buffer.from([0xff, 0xfe, 0x00]), 'The body is not JSON'],
		['an array', Buffer.from('[]'), 'The body is not a JSON object'],
		['a text', Buffer.from('"visit.completed"'), 'The body is not a JSON object'],
		['null', Buffer.from('null'), 'The body is not a JSON object'],
		['no event', Buffer.from('{}'), 'The body names no event'],
		['an event that is no text', Buffer.from('{"event":1}'), 'The body names no event'],
		['no GFE', Buffer.from('{"event":"visit.completed","data":{}}'), 'The body names no gfe_id'],
		[
			'data as array',
			Buffer.from('{"event":"visit.completed","data":[1]}'),
			'The body names no gfe_id',
		],
	])('refuses %s, without quoting it', (_, body, refusal) => {
		expect(parseDelivery(body)).toEqual({ refusal });
	});

	it.each([
		['success: false', { ...BODY, success: false }],
		['no status', { ...BODY, data: { ...DATA, status: undefined } }],
		['no requested treatments', { ...BODY, data: { ...DATA, requested_treatments: undefined } }],
		['data missing but for the id beside it', { event: 'visit.completed', gfe_id: 'g1' }],
	])('a visit with %s is incomplete', (_, body) => {
		expect(parse(body)).toMatchObject({ delivery: { gfeId: 'g1', incomplete: true } });
	});

	it('a visit without decisions is whole: all of them may be undecided', () => {
		expect(parse(BODY)).toMatchObject({ delivery: { incomplete: false } });
	});

	it('an event that is not about a visit needs no GFE and is never fetched', () => {
		const body = { event: 'treatment.updated', success: false, data: { treatment_id: 't1' } };
		expect(parse(body)).toMatchObject({ delivery: { gfeId: undefined, incomplete: false } });
	});

	it.each([
		['milliseconds', 1_760_000_000_000, 1_760_000_000_000],
		['seconds', 1_760_000_000, 1_760_000_000_000],
		['text', '1760000000000', undefined],
		['zero', 0, undefined],
		['too large for a date', 1e300, undefined],
	])('timestamp in %s', (_, timestamp, expected) => {
		const parsed = parse({ ...BODY, timestamp });
		expect('delivery' in parsed && parsed.delivery.timestamp).toBe(expected);
	});

	it('never throws (fuzzed)', () => {
		fc.assert(fc.property(fc.uint8Array(), (bytes) => void parseDelivery(Buffer.from(bytes))));
		fc.assert(fc.property(fc.json(), (json) => void parseDelivery(Buffer.from(json))));
		fc.assert(
			fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (data, timestamp, gfe) => {
				const parsed = parse({ event: 'visit.completed', data, timestamp, gfe_id: gfe });
				expect('delivery' in parsed !== 'refusal' in parsed).toBe(true);
			}),
		);
		const deep = `{"event":"x","data":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
		expect(() => parseDelivery(Buffer.from(deep))).not.toThrow();
	});
});
