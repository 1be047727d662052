import {
	hashInto,
	newLanes,
	readBits,
	writeBits,
	MARK_LENGTH,
	packVisits,
	readMark,
} from '../../../../nodes/Spakinect/trigger/polling/marks';
import {
	marksOf,
	newerState,
	pastMarks,
	pollScope,
	readPollState,
	sameMarks,
} from '../../../../nodes/Spakinect/trigger/polling/state';
import { sized } from '../../support/size.mts';

const visit = (change: object = {}) => ({
	gfe_id: 'g1',
	status: 'Completed',
	approved_treatments: ['Botox', 'Dermal Filler'],
	patient_details: { name: 'Ana Ruiz', email: 'ana@example.com' },
	...change,
});
const mark = (change: object = {}) => packVisits([visit(change)]);

describe('marks', () => {
	it('take 19 bytes a visit as JSON, whatever the visit', () => {
		const visits = Array.from({ length: 1000 }, (_, index) =>
			visit({ gfe_id: `jkA6SQCtwZhRNpOFj0ZN${index}`, status: `Stätus "${index}"\n` }),
		);
		expect(JSON.stringify(packVisits(visits)).length).toBe(2 + 19 * 1000);
		expect(MARK_LENGTH).toBeLessThanOrEqual(20);
	});

	it('are the same in every version, or an update would report every visit as changed', () => {
		expect(mark()).toBe('vn07gMY8mBEw6aHmJzP');
		expect(packVisits([{ gfe_id: 'g2', status: 'Processing' }])).toBe('Y0_2YsUQ5AppCAAAAAA');
	});

	it.each([
		['the order of a list', { approved_treatments: ['Dermal Filler', 'Botox'] }],
		['the case of the status', { status: 'completed' }],
		['an empty list instead of none', { deferred_treatments: [] }],
		['the patient', { patient_details: null }],
		['entries that are no name', { deferred_treatments: [null, '', {}] }],
		['names as objects', { approved_treatments: [{ name: 'Botox' }, { name: 'Dermal Filler' }] }],
		['a list that is none', { deferred_treatments: 7 }],
	])('do not change with %s', (_, change) => expect(mark(change)).toBe(mark()));

	it.each([
		['another id', { gfe_id: 'g2' }],
		['an approval less in a list of objects', { approved_treatments: [{ name: 'Botox' }] }],
		['another status', { status: 'Cancelled' }],
		['another text of the same group', { status: 'Not Completed' }],
		['a deferral in a text', { deferred_treatments: 'Botox' }],
		['an approval more', { approved_treatments: ['Botox', 'Dermal Filler', 'Peel'] }],
		['another list', { approved_treatments: ['Botox'], deferred_treatments: ['Dermal Filler'] }],
		['lists swapped', { approved_treatments: [], deferred_treatments: ['Botox', 'Dermal Filler'] }],
	])('change with %s', (_, change) => expect(mark(change)).not.toBe(mark()));

	it.each([
		['Completed', 'completed'],
		['Cancelled by client', 'cancelled'],
		['Rejected', 'rejected'],
		['Waiting', 'open'],
		['Something New', 'unknown'],
		[undefined, 'unknown'],
		[7, 'unknown'],
	])('keep the group of status %s', (status, group) => {
		expect(readMark(mark({ status }))).toMatchObject({ group, hasDecisions: true });
	});

	it('know whether there were decisions', () => {
		expect(readMark(mark({ approved_treatments: undefined })).hasDecisions).toBe(false);
	});
});

describe('the hash', () => {
	it(`tells ${sized(200_000)} similar ids apart in the 54 bits that are kept`, () => {
		const ids = Array.from({ length: sized(200_000) }, (_, index) => ({ gfe_id: `gfe_${index}` }));
		const marks = packVisits(ids);
		const kept = new Set(ids.map((_, index) => marks.slice(index * 19, index * 19 + 9)));
		expect(kept.size).toBe(ids.length);
	});

	it('spreads over every bit', () => {
		const lanes = newLanes();
		const ones = new Array<number>(64).fill(0);
		for (let index = 0; index < 4096; index += 1) {
			hashInto(lanes, `t${index}`, 3);
			for (let bit = 0; bit < 64; bit += 1) {
				ones[bit]! += ((lanes[bit >> 5] ?? 0) >>> (bit & 31)) & 1;
			}
		}
		for (const count of ones) expect(Math.abs(count - 2048)).toBeLessThan(200);
	});

	it('bits survive writing and reading', () => {
		const bytes = Buffer.alloc(5);
		writeBits(bytes, 0, 0x3fffffff, 5);
		expect(bytes.toString()).toBe('_____');
		writeBits(bytes, 0, 42 + (17 << 6), 2);
		expect([readBits(bytes.toString(), 0), readBits(bytes.toString(), 1)]).toEqual([42, 17]);
	});
});

describe('scope', () => {
	const scope = pollScope('client', 'https://a/client', 'c1');

	it.each([
		['another kind', pollScope('emr', 'https://a/client', 'c1')],
		['another base URL', pollScope('client', 'https://b/client', 'c1')],
		['another credential', pollScope('client', 'https://a/client', 'c2')],
	])('%s is another scope', (_, other) => expect(other).not.toBe(scope));

	it('an EMR list belongs to its location, not to the credential that reads it', () => {
		expect(pollScope('emr', 'u', 'c1')).toBe(pollScope('emr', 'u', 'c2'));
	});

	it.each([
		['nothing stored', {}],
		['a state of another form', { scope, visits: 'm' }],
		['a scope of another form', { scope: 7, visits: { l1: 'm' } }],
	])('%s arms anew', (_, stored) => {
		expect(readPollState(stored).visits).toEqual({});
	});

	it('keeps what was stored under it, and nothing that was stored under another', () => {
		const state = readPollState({ scope, visits: { l1: 'm', l2: 5 } });
		expect(marksOf(state, scope)).toEqual({ l1: 'm' });
		expect(marksOf(state, 'x')).toEqual({});
	});

	it('what an older version stored is older than what this process remembers', () => {
		const stored = readPollState({ scope, visits: { l1: 'm' } });
		const remembered = { ...stored, at: 5 };
		expect(newerState(stored, undefined)).toBe(stored);
		expect(newerState(stored, remembered)).toBe(remembered);
		expect(newerState({ ...stored, at: 6 }, remembered).at).toBe(6);
	});
});

it('the marks of lists that are no longer read stay bounded, the newest first, each visit once', () => {
	const list = (name: string, count: number) =>
		packVisits(Array.from({ length: count }, (_, index) => ({ gfe_id: `${name}${index}` })));
	const state = { scope: 's', visits: { l1: list('a', 15_000) }, past: list('b', 15_000), at: 1 };
	const past = pastMarks(state, 's', {});
	expect(past.length / MARK_LENGTH).toBe(20_000);
	expect(past.startsWith(state.visits.l1)).toBe(true);
	expect(pastMarks({ ...state, past }, 's', {})).toBe(past);
	expect(pastMarks({ ...state, past: 'p' }, 's', state.visits)).toBe('p');
});

it.each([
	['equal', { a: 'x', b: 'y' }, { b: 'y', a: 'x' }, true],
	['changed', { a: 'x' }, { a: 'y' }, false],
	['one more', { a: 'x' }, { a: 'x', b: '' }, false],
	['another location', { a: 'x' }, { b: 'x' }, false],
	['none', {}, {}, true],
])('sameMarks: %s', (_, one, other, expected) => {
	expect(sameMarks(one as Record<string, string>, other as Record<string, string>)).toBe(expected);
});
