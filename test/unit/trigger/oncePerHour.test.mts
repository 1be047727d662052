import { OncePerHour } from '../../../nodes/Spakinect/trigger/oncePerHour';

const HOUR = 3_600_000;

it('is due once an hour, for each subject', () => {
	const hourly = new OncePerHour();
	expect([0, 1, HOUR - 1, HOUR, HOUR + 1].map((now) => hourly.isDue('a', now))).toEqual([
		true,
		false,
		false,
		true,
		false,
	]);
	expect(hourly.isDue('b', HOUR + 1)).toBe(true);
});

it('remembers a bounded number of subjects', () => {
	const hourly = new OncePerHour();
	for (let index = 0; index <= 1_000; index += 1) hourly.isDue(`s${index}`, 0);
	expect(hourly.isDue('s1000', 1)).toBe(false);
	expect(hourly.isDue('s0', 1)).toBe(true);
});
