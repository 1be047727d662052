import fc from 'fast-check';
import { createHmac } from 'crypto';
import {
	verifySecret,
	verifySignature,
} from '../../../../nodes/Spakinect/trigger/webhook/deliveries/authenticity';

const KEY = 'emr-test-key';
const BODY = Buffer.from('{"event":"visit.completed"}');
const GOOD = '5456c1e20fb1a5871fce38cc1dc691092086c7bd781cc102307f33963927d461';

describe('verifySignature', () => {
	// Literals: a test that computes its expectation with the same code cannot notice a wrong algorithm.
	it.each([
		['a delivery', KEY, BODY, GOOD],
		[
			'RFC 4231, test case 2',
			'Jefe',
			Buffer.from('what do ya want for nothing?'),
			'5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
		],
		[
			'an empty body',
			KEY,
			Buffer.alloc(0),
			'06a9f74a2530f78ce354eb01965dcd08a06c7593a4da6eddfef4fb4b8c65d9cf',
		],
		[
			'text outside ASCII, in key and body',
			'clé-secrète',
			Buffer.from('{"name":"Zoë \\u00e9 😀"}'),
			'3dd8823b4411194005ee5cf3e03619f277df393283c4b2a07b2cd0472fc80a72',
		],
	])('accepts %s', (_, key, body, signature) => {
		expect(verifySignature(body, signature, key)).toBe(true);
	});

	it.each([
		['as n8n joins them', `${GOOD}, ${GOOD}`],
		['as a proxy may join them', `${GOOD},${GOOD}`],
		['in different cases', `${GOOD.toUpperCase()}, ${GOOD}`],
		['three of them', [GOOD, GOOD, GOOD].join(', ')],
	])('accepts equal signatures, %s', (_, header) => {
		expect(verifySignature(BODY, header, KEY)).toBe(true);
	});

	it('accepts upper-case hex, which names the same bytes', () => {
		expect(verifySignature(BODY, GOOD.toUpperCase(), KEY)).toBe(true);
	});

	it.each([
		['missing', undefined],
		['null', null],
		['empty', ''],
		['of another body', '06a9f74a2530f78ce354eb01965dcd08a06c7593a4da6eddfef4fb4b8c65d9cf'],
		['sent twice with different values', `${GOOD}, ${GOOD.replace('5', '6')}`],
		['sent twice, once empty', `${GOOD}, `],
		['an array', [GOOD]],
		['an object', { toString: (): string => GOOD }],
		['one character short', GOOD.slice(1)],
		['one byte long', `${GOOD}00`],
		['of odd length', GOOD.slice(0, 63)],
		['not hex', `${GOOD.slice(0, 63)}g`],
		['with white space', ` ${GOOD}`],
		['with a line break', `${GOOD}\n`],
		['with a prefix', `sha256=${GOOD}`],
		['in full-width digits', GOOD.replace('5', '５')],
		['base64', Buffer.from(GOOD, 'hex').toString('base64')],
	])('refuses a header that is %s', (_, header) => {
		expect(verifySignature(BODY, header, KEY)).toBe(false);
	});

	it.each([
		['no key', BODY, undefined],
		['an empty key, with which anybody can sign', BODY, ''],
		['another key', BODY, 'emr-test-key '],
		['no body', undefined, KEY],
		['a parsed body', { event: 'visit.completed' }, KEY],
		['a body as text', BODY.toString(), KEY],
	])('refuses with %s', (_, body, key) => {
		const signature = key === '' ? createHmac('sha256', '').update(BODY).digest('hex') : GOOD;
		expect(verifySignature(body, signature, key)).toBe(false);
	});

	it('accepts only its own signature, whatever the bytes (fuzzed)', () => {
		fc.assert(
			fc.property(
				fc.uint8Array(),
				fc.string({ minLength: 1 }),
				fc.uint8Array(),
				(bytes, key, other) => {
					const body = Buffer.from(bytes);
					const signature = createHmac('sha256', key).update(body).digest('hex');
					expect(verifySignature(body, signature, key)).toBe(true);
					expect(verifySignature(Buffer.from(other), signature, key)).toBe(body.equals(other));
					expect(verifySignature(body, signature, `${key}x`)).toBe(false);
				},
			),
		);
	});

	it('never throws and never accepts a made-up header (fuzzed)', () => {
		fc.assert(
			fc.property(fc.anything(), fc.anything(), fc.anything(), (body, header, key) => {
				expect(verifySignature(body, header, key)).toBe(false);
			}),
		);
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEF, ') }), (header) => {
				expect(verifySignature(BODY, header, KEY)).toBe(header.toLowerCase() === GOOD);
			}),
		);
	});
});

describe('verifySecret', () => {
	it.each([
		['the same', 's3cret', 's3cret', true],
		['another', 's3creT', 's3cret', false],
		['a longer one', 's3cret0', 's3cret', false],
		['missing', undefined, 's3cret', false],
		['an array', ['s3cret'], 's3cret', false],
		['empty on both sides', '', '', false],
	])('%s', (_, header, secret, expected) => {
		expect(verifySecret(header, secret)).toBe(expected);
	});
});
