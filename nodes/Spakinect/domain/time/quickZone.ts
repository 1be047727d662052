import type { Zone } from 'luxon';
import { IANAZone, Info } from 'luxon';

const DAY = 86_400_000;
/** Days that a zone keeps, about 27 years. */
const MAX_DAYS = 10_000;
const MAX_ZONES = 50;

/**
 * A time zone that asks Node for an offset twice a day, not for each point in time: asking is what long
 * lists of times spend most of their time on. On a day that begins and ends with one offset, that is the
 * offset. On a day on which the clocks change, Node is asked.
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

/** The time zone of a name that Luxon knows, quick for many points in time. */
export function quickZone(name: string): Zone {
	const known = zones.get(name);
	if (known) return known;
	const zone = Info.normalizeZone(name);
	const quick = zone.type === 'iana' && zone.isValid ? new QuickZone(zone.name) : zone;
	if (zones.size >= MAX_ZONES) zones.clear();
	zones.set(name, quick);
	return quick;
}
