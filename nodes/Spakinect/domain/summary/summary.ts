import { DateTime, Info } from 'luxon';
import { BoundedMap } from '../boundedMap';
import { collapseSpaces } from '../text';
import { quickZone } from '../time/zone';
import { readMillis } from '../visit/apiVisit';
import type { Decision } from '../visit/decisions';
import { shownStatus } from '../visit/status';
import { toTreatmentRows } from '../visit/treatmentRows';
import type { Visit } from '../visit/visit';

/**
 * Parts of the field `summary`, which staff read in a chat message or a spreadsheet. A summary contains GFE
 * IDs, treatments and times, but never the name, address or date of birth of a patient, because it is sent to
 * places where patient data isn't allowed.
 */

/**
 * Treatments as part of a sentence: `Botox`, `Botox and Laser`, `Botox, Laser and Peel`. If a name itself has a
 * comma, semicolons separate the names, because `Laser, Face and Neck` could be two treatments or three.
 * @returns "no treatments" for an empty list
 */
export function listText(treatments: readonly string[]): string {
	const names = treatments.map(collapseSpaces).filter((name) => name !== '');
	if (names.length === 0) return 'no treatments';
	if (names.some((name) => /[,;]| and /.test(name))) return names.join('; ');
	const last = names.at(-1) ?? '';
	return names.length === 1 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

function inZone(value: string | number, name: string): DateTime {
	const zone = quickZone(name);
	return typeof value === 'number'
		? DateTime.fromMillis(value, { zone })
		: DateTime.fromISO(value, { zone });
}

const MONTHS = Info.months('long', { locale: 'en-US' });

/** `March 9, 2026`. Built here, because Luxon parses a pattern again for each time. */
const dateText = ({ year, month, day }: DateTime): string =>
	`${MONTHS[month - 1] ?? ''} ${day}, ${year}`;

/** `2:30 PM` */
const clockText = ({ hour, minute }: DateTime): string =>
	`${hour % 12 || 12}:${String(minute).padStart(2, '0')} ${hour < 12 ? 'AM' : 'PM'}`;

const zoneNames = new BoundedMap<string, string>(500);

/** `PDT`. Remembered for each zone and offset, because getting the name costs more than everything else. */
const zoneText = (time: DateTime): string =>
	zoneNames.use(`${time.zoneName ?? ''} ${time.offset}`, () =>
		time.setLocale('en-US').toFormat('ZZZZ'),
	);

/**
 * A point in time as staff read it: `March 9, 2026, 2:30 PM PDT`.
 * @param value Unix milliseconds, or ISO 8601 (read in `zone` if it has no offset)
 * @param zone IANA name, as a rule the workflow's
 * @returns "an unknown time" if the value isn't a time
 */
export function timeText(value: string | number | null, zone: string): string {
	const time = value === null ? undefined : inZone(value, zone);
	if (!time?.isValid) return 'an unknown time';
	return `${dateText(time)}, ${clockText(time)} ${zoneText(time)}`;
}

/** A whole number with its noun: `1 day`, `2 days`. */
export function countText(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** A GFE as part of a sentence. */
export function gfeText(gfeId: string | null): string {
	return gfeId === null ? 'a GFE without an ID' : `GFE ${gfeId}`;
}

/**
 * Statements as one line: each starts with a capital letter and ends with a period.
 * @param statements such as `GFE abc is open`; empty ones are left out
 */
export function sentences(...statements: Array<string | undefined>): string {
	return statements
		.map((statement) => collapseSpaces(statement ?? ''))
		.filter((statement) => statement !== '')
		.map((statement) => statement.charAt(0).toUpperCase() + statement.slice(1))
		.map((statement) => (/[.!?]$/.test(statement) ? statement : `${statement}.`))
		.join(' ');
}

const LABELS: ReadonlyArray<[decision: Decision, label: string]> = [
	['approved', 'Approved'],
	['conditionally_approved', 'Conditionally approved'],
	['deferred', 'Deferred'],
	['undecided', 'Undecided'],
];

/**
 * Each treatment once, with the decision that counts. If it is in two lists, the more cautious decision counts.
 */
function decisionStatements(visit: Visit): string[] {
	const rows = toTreatmentRows(visit);
	return LABELS.flatMap(([decision, label]) => {
		const names = rows.flatMap((row) => (row.decision === decision ? (row.treatment ?? []) : []));
		return names.length === 0 ? [] : [`${label}: ${listText(names)}`];
	});
}

/**
 * The statements about a visit, such as `Status Completed, evaluated March 9, 2026, 2:30 PM PDT` and `Approved:
 * Botox`. A visit that isn't completed has only its status and the requested treatments.
 *
 * @param zone IANA name for the time
 */
export function visitStatements(visit: Visit, zone: string): string[] {
	const status = `Status ${shownStatus(visit.status)}`;
	if (visit.status_group !== 'completed') {
		return [status, `Requested: ${listText(visit.requested_treatments)}`];
	}
	const millis = readMillis(visit.evaluation_completed);
	const evaluated = millis === null ? '' : `, evaluated ${timeText(millis, zone)}`;
	return [`${status}${evaluated}`, ...decisionStatements(visit)];
}
