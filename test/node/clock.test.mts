import { START } from './support/clock.mts';

it('begins at its own time and runs from there, for all that asks for the time', async () => {
	const late = Date.now() - Date.parse(START);
	expect(late).toBeGreaterThanOrEqual(0);
	expect(late).toBeLessThan(60 * 60 * 1000);
	const first = Date.now();
	const before = new Date();
	expect(before.getTime()).toBeGreaterThanOrEqual(first);
	expect(before.getTime()).toBeLessThanOrEqual(Date.now());
	expect(Date()).toContain(String(before.getFullYear()));
	expect(new Date('2020-01-02T03:04:05Z').toISOString()).toBe('2020-01-02T03:04:05.000Z');
	await new Promise((resolve) => setTimeout(resolve, 20));
	expect(new Date().getTime()).toBeGreaterThan(before.getTime());
});
