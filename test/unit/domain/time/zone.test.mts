import fc from 'fast-check';
import { DateTime, IANAZone } from 'luxon';
import { quickZone } from '../../../../nodes/Spakinect/domain/time/zone';

const HOUR = 3_600_000;
/** Changes of an hour, of half an hour, of two hours; one that skips a day; several in a year; none. */
const ZONES = [
	'America/New_York',
	'America/Los_Angeles',
	'Australia/Lord_Howe',
	'Antarctica/Troll',
	'Pacific/Apia',
	'Africa/Casablanca',
	'America/Phoenix',
];

/** The instants at which a zone changes its clocks, to the minute. */
function changes(zone: IANAZone, from: number, until: number): number[] {
	const found: number[] = [];
	for (let low = from; low < until; low += 6 * HOUR) {
		if (zone.offset(low) === zone.offset(low + 6 * HOUR)) continue;
		let at = low;
		while (zone.offset(at) === zone.offset(low)) at += 60_000;
		found.push(at);
	}
	return found;
}

it.each(ZONES)('%s has the offsets that Luxon has, around each change of the clocks', (name) => {
	const exact = IANAZone.create(name);
	const quick = quickZone(name);
	const instants = changes(exact, Date.UTC(2011, 10), Date.UTC(2013, 0)).flatMap((at) => [
		...[at - 1, at, at + 1, at - HOUR, at + HOUR, at - 24 * HOUR, at + 24 * HOUR],
	]);
	if (name !== 'America/Phoenix') expect(instants.length).toBeGreaterThan(7);
	for (const at of [...instants, 0, -1, Date.UTC(2030, 6)]) {
		expect(quick.offset(at)).toBe(exact.offset(at));
		expect(DateTime.fromMillis(at, { zone: quick }).toISO()).toBe(
			DateTime.fromMillis(at, { zone: name }).toISO(),
		);
	}
});

it('has the offsets that Luxon has, at any time, and adds months in the same way', () => {
	const at = fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2060, 0) });
	fc.assert(
		fc.property(
			fc.constantFrom(...ZONES),
			at,
			fc.integer({ min: 0, max: 24 }),
			(name, millis, months) => {
				const [quick, exact] = [quickZone(name), name].map((zone) =>
					DateTime.fromMillis(millis, { zone }).plus({ months }),
				);
				expect(quick!.toISO()).toBe(exact!.toISO());
				expect(quick!.toFormat('ZZZZ')).toBe(exact!.toFormat('ZZZZ'));
			},
		),
		{ numRuns: 2_000 },
	);
});

it.each(['UTC', 'utc+2', 'Nowhere/Land'])('%s is what Luxon makes of it', (name) => {
	const [quick, exact] = [quickZone(name), name].map((zone) => DateTime.fromMillis(0, { zone }));
	expect(quick!.isValid).toBe(exact!.isValid);
	expect(quick!.toISO()).toBe(exact!.toISO());
});
