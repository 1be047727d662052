import type { Zone } from 'luxon';
import { Info, IANAZone } from 'luxon';
import { memoize } from '../boundedMap';
import { InputError } from '../inputError';
import { DAY_MS } from './calendar';

const FIELD = 'Timezone';
const EXAMPLE = 'America/Los_Angeles';

/**
 * Abbreviations that people use for a place. Most are right for only half of the year, and Node reads some as
 * another place (AST as Alaska, BST as Bangladesh).
 */
const PLACES: Record<string, string> = {
	'America/New_York': 'EST EDT ET',
	'America/Chicago': 'CST CDT CT',
	'America/Denver': 'MST MDT MT',
	'America/Los_Angeles': 'PST PDT PT',
	'America/Anchorage': 'AKST AKDT AKT',
	'Pacific/Honolulu': 'HST HDT HT',
	'America/Halifax': 'AST ADT AT',
	'America/St_Johns': 'NST NDT NT CNT',
	'America/Phoenix': 'PNT',
	'America/Puerto_Rico': 'PRT',
	'America/Indianapolis': 'IET',
	'Europe/London': 'BST',
	'Europe/Berlin': 'CEST MEST MEZ MESZ ECT',
	'Europe/Athens': 'EEST',
	'Europe/Lisbon': 'WEST',
	'Europe/Moscow': 'MSK',
	'Asia/Kolkata': 'IST',
	'Asia/Tokyo': 'JST',
	'Australia/Sydney': 'AEST AEDT AET',
	'Australia/Adelaide': 'ACST ACDT',
	'Australia/Darwin': 'ACT',
	'Australia/Perth': 'AWST',
	'Pacific/Auckland': 'NZST NZDT',
};
const PLACE_OF = new Map(
	Object.entries(PLACES).flatMap(([place, names]) =>
		names.split(' ').map((name): [string, string] => [name, place]),
	),
);
/** Short names of the time zone database that follow the clocks of a place, or are UTC. */
const SHORT_NAMES = /^(?:UTC|UCT|GMT|CET|MET|EET|WET|PRC|ROC|ROK|GB|NZ|Cuba|Eire|Iran|Zulu)$/i;
const ABBREVIATION = /^[A-Z]{2,5}$/;

/**
 * The time zone of an IANA name such as America/New_York or UTC. An abbreviation (EST) or a fixed offset
 * (Etc/GMT+5) is refused, because it is one hour off for half of the year.
 *
 * @throws InputError for `Timezone`
 */
export function zoneNamed(zone: string): Zone {
	const name = zone.trim();
	const place = PLACE_OF.get(name.toUpperCase());
	const found = Info.normalizeZone(name);
	const isFixed = /^(?:etc\/)?(?:utc|gmt)?[+-]/i.test(name) && !/^(?:etc\/)?gmt[+-]?0$/i.test(name);
	const isAbbreviation = ABBREVIATION.test(name) && !SHORT_NAMES.test(name);
	if (place !== undefined || (isFixed && found.isValid) || (isAbbreviation && found.isValid)) {
		throw new InputError(
			FIELD,
			`'${FIELD}' must be an IANA name: an abbreviation or a fixed offset ignores daylight saving time`,
			`Use ${place ?? `a name such as ${EXAMPLE}`}.`,
		);
	}
	if (name === '' || !found.isValid || found.type === 'system') {
		throw new InputError(
			FIELD,
			`'${FIELD}' is not a known time zone: enter an IANA name`,
			`Use a name such as ${EXAMPLE}.`,
		);
	}
	return found;
}

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
		const day = Math.floor(millis / DAY_MS);
		let offset = this.days.get(day);
		if (offset === undefined) {
			const atStart = super.offset(day * DAY_MS);
			offset = atStart === super.offset((day + 1) * DAY_MS) ? atStart : null;
			if (this.days.size >= MAX_DAYS) this.days.clear();
			this.days.set(day, offset);
		}
		return offset ?? super.offset(millis);
	}
}

/** The time zone with this name, fast for many times. */
export const quickZone = memoize((name): Zone => {
	const zone = Info.normalizeZone(name);
	return zone.type === 'iana' && zone.isValid ? new QuickZone(zone.name) : zone;
}, MAX_ZONES);
