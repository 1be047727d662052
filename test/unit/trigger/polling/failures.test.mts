import {
	type Audience,
	failureKind,
	PollFailures,
	pollMemory,
} from '../../../../nodes/Spakinect/trigger/polling/failures';

const MINUTE = 60_000;

describe('PollFailures', () => {
	const loudMinutes = (minutes: number, audience: Audience) => {
		const failures = new PollFailures();
		return Array.from({ length: minutes }, (_, minute) => minute).flatMap((minute) => {
			const what = failures.note('l1', '503', audience, minute * MINUTE);
			return what === 'quiet' ? [] : [`${minute} ${what}`];
		});
	};

	it('shows a failure once, then logs it once an hour', () => {
		expect(loudMinutes(121, 'yes')).toEqual(['0 throw', '60 log', '120 log']);
	});

	it('shows it again every day: a revoked key must not be forgotten', () => {
		const shown = loudMinutes(2 * 1440 + 1, 'yes').filter((one) => one.endsWith('throw'));
		expect(shown).toEqual(['0 throw', '1440 throw', '2880 throw']);
	});

	it('shows it twice where each poll could be the first of a publication', () => {
		expect(loudMinutes(60, 'maybe')).toEqual(['0 throw', '1 throw']);
	});

	it('lets the second attempt at publishing through, and shows it at the tick after it', () => {
		const failures = new PollFailures();
		expect(failures.note('l1', '401', 'maybe', 0)).toBe('throw');
		expect(failures.note('l1', '401', 'maybe', 31_000)).toBe('quiet');
		expect(failures.note('l1', '401', 'yes', 40_000)).toBe('throw');
		expect(failures.note('l1', '401', 'yes', 100_000)).toBe('quiet');
	});

	it('logs while throwing would lose events, and throws as soon as it would not', () => {
		const failures = new PollFailures();
		expect(failures.note('l1', '503', 'mustNotThrow', 0)).toBe('log');
		expect(failures.note('l1', '503', 'mustNotThrow', MINUTE)).toBe('quiet');
		expect(failures.note('l1', '503', 'yes', 2 * MINUTE)).toBe('throw');
		expect(failures.note('l1', '503', 'yes', 3 * MINUTE)).toBe('quiet');
	});

	it('throws again for another kind of failure, another location, and after success', () => {
		const failures = new PollFailures();
		expect(failures.note('l1', 'outage', 'yes', 0)).toBe('throw');
		expect(failures.note('l1', '403', 'yes', 1)).toBe('throw');
		expect(failures.note('l2', '403', 'yes', 2)).toBe('throw');
		failures.clear('l1');
		expect(failures.note('l1', '403', 'yes', 3)).toBe('throw');
		expect(failures.note('l2', '403', 'yes', 4)).toBe('quiet');
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
