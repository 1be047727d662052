import type { Zone } from 'luxon';
import { IANAZone, Info } from 'luxon';

const DAY = 86_400_000;
/** How many days a zone keeps: about 27 years. */
const MAX_DAYS = 10_000;
const MAX_ZONES = 50;

/**
 * A time zone that asks Node for an offset only twice per calendar day, because these calls take most of the
 * time of a long list. If a day starts and ends with the same offset, that is its offset. On a day with a clock
 * change, Node is asked for each time.
 */
class QuickZone extends IANAZone {
	private readonly days = new Map<number, number | null>();

	override offset(millis: number): number {
		const day = Math.floor(millis / DAY);
		let offset = this.days.get(day);
		if (offset === undefined) {
			const atStart = super.offset(day * DAY);
			offset = atStart === super.offset((day + 1) * DAY) ? atStart : null;
			if (this.days.size >= MAX_DAYS) this.days.clear();
			this.days.set(day, offset);
		}
		return offset ?? super.offset(millis);
	}
}

const zones = new Map<string, Zone>();

/** The time zone with this name, fast for many times. */
export function quickZone(name: string): Zone {
	const known = zones.get(name);
	if (known) return known;
	const zone = Info.normalizeZone(name);
	const quick = zone.type === 'iana' && zone.isValid ? new QuickZone(zone.name) : zone;
	if (zones.size >= MAX_ZONES) zones.clear();
	zones.set(name, quick);
	return quick;
}
