import { isObject, readList } from '../json';
import { isPlausibleMillis, isRealDay, unixToMillis } from '../time/calendar';
import { collapseSpaces } from '../text';

/**
 * A visit as either API or the webhook sends it. Any field may be missing, null or of another type, as it has
 * happened before.
 */
export type ApiVisit = {
	gfe_id?: unknown;
	visit_id?: unknown;
	location_id?: unknown;
	status?: unknown;
	requested_treatments?: unknown;
	approved_treatments?: unknown;
	conditionally_approved_treatments?: unknown;
	deferred_treatments?: unknown;
	evaluation_completed?: unknown;
	pdf_link?: unknown;
	patient_details?: unknown;
};

/** A visit as the API sent it, with whatever else is in it. */
export type RawVisit = Record<string, unknown>;

const ISO = /^(\d{4})-(\d{2})-(\d{2})[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/**
 * A non-empty text without surrounding space, or null. A number becomes a text, because an ID may be a number.
 */
export function readText(value: unknown): string | null {
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	if (typeof value !== 'string') return null;
	const text = value.trim();
	return text === '' ? null : text;
}

/** The ID of a visit. Creates and the older documents call it `visit_id`. */
export const gfeIdOf = (visit: RawVisit): string | undefined =>
	readText(visit.gfe_id) ?? readText(visit.visit_id) ?? undefined;

const isCleanName = (element: unknown): element is string =>
	typeof element === 'string' && element !== '' && element.trim() === element;

/**
 * Reads a list of treatment names as the API sends it. An element may be `{ name }`. A text is split at commas.
 * Of an object, the values are read, because a deferral in it must not be lost. A missing list is empty.
 */
export function readNames(value: unknown): string[] {
	if (typeof value === 'string') return readNames(readList(value));
	if (isObject(value)) return readNames('name' in value ? [value] : Object.values(value));
	if (!Array.isArray(value)) return [];
	// The list is usually clean, and copying it would take most of the time of a long list.
	if (value.every(isCleanName)) return value;
	const names: string[] = [];
	for (const element of value as unknown[]) {
		const name = readText(isObject(element) ? element.name : element);
		if (name !== null) names.push(name);
	}
	return names;
}

/**
 * Unix milliseconds of `evaluation_completed`. Today it is ISO 8601 with an offset. It was in integer seconds
 * for three days. Milliseconds are read too.
 * @returns null for anything else, also for a time without an offset, because its zone would be a guess
 */
export function readMillis(value: unknown): number | null {
	let millis = NaN;
	if (typeof value === 'number') millis = unixToMillis(value);
	else if (typeof value === 'string') {
		const text = value.trim();
		const iso = ISO.exec(text);
		if (iso) {
			const day = { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) };
			if (isRealDay(day)) millis = Date.parse(text);
		} else if (/^\d+$/.test(text)) millis = unixToMillis(Number(text));
	}
	return isPlausibleMillis(millis) ? millis : null;
}

/** The full name of a patient: `name`, or first and last name. Null if there is none. */
export function readFullName(patient: Record<string, unknown>): string | null {
	const name = readText(patient.name);
	if (name !== null) return name;
	const both = `${readText(patient.first_name) ?? ''} ${readText(patient.last_name) ?? ''}`;
	return readText(collapseSpaces(both));
}
