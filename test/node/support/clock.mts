/**
 * The clock of the layers whose dates are fixed (jest.config.mjs). It starts at the same time in each test file
 * and runs from there, so a date in a test is always as far from now as on the day it was written. Without it,
 * the appointments of these tests would be refused one day because they are in the past. Timers, TLS and other
 * processes keep the machine's clock.
 */
export const START = '2026-11-23T15:00:00Z';

const machineNow = Date.now.bind(Date);
const ahead = machineNow() - Date.parse(START);
Date.now = () => machineNow() - ahead;
globalThis.Date = new Proxy(Date, {
	construct: (real, args: [], called) =>
		Reflect.construct(real, args.length === 0 ? [real.now()] : args, called) as Date,
	apply: (real) => new real(real.now()).toString(),
});
