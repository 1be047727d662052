import {
	failureKind,
	PollFailures,
	pollMemory,
} from '../../../nodes/Spakinect/trigger/pollFailures';

const MINUTE = 60_000;

describe('PollFailures', () => {
	it('throws once, then logs once an hour', () => {
		const failures = new PollFailures();
		const loud = Array.from({ length: 121 }, (_, minute) =>
			failures.note('l1', '503', true, minute * MINUTE),
		);
		expect(loud.flatMap((what, minute) => (what === 'quiet' ? [] : [`${minute} ${what}`]))).toEqual(
			['0 throw', '60 log', '120 log'],
		);
	});

	it('logs while throwing would lose events, and throws as soon as it would not', () => {
		const failures = new PollFailures();
		expect(failures.note('l1', '503', false, 0)).toBe('log');
		expect(failures.note('l1', '503', false, MINUTE)).toBe('quiet');
		expect(failures.note('l1', '503', true, 2 * MINUTE)).toBe('throw');
		expect(failures.note('l1', '503', true, 3 * MINUTE)).toBe('quiet');
	});

	it('throws again for another kind of failure, another location, and after success', () => {
		const failures = new PollFailures();
		expect(failures.note('l1', 'outage', true, 0)).toBe('throw');
		expect(failures.note('l1', '403', true, 1)).toBe('throw');
		expect(failures.note('l2', '403', true, 2)).toBe('throw');
		failures.clear('l1');
		expect(failures.note('l1', '403', true, 3)).toBe('throw');
		expect(failures.note('l2', '403', true, 4)).toBe('quiet');
	});
});

it.each([
	['403', '403'],
	['404', '404'],
	['500', 'outage'],
	['503', 'outage'],
	['ECONNREFUSED', 'outage'],
	[undefined, 'outage'],
])('a failure with code %s is of kind %s', (code, kind) => expect(failureKind(code)).toBe(kind));

it('remembers each trigger apart, and a bounded number of them', () => {
	const first = pollMemory('w1/n1');
	expect(pollMemory('w1/n1')).toBe(first);
	expect(pollMemory('w1/n2')).not.toBe(first);
	for (let index = 0; index < 1000; index += 1) pollMemory(`many/${index}`);
	expect(pollMemory('w1/n1')).not.toBe(first);
});
