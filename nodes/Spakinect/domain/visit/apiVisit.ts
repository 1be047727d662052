import { isObject } from '../json';
import { isPlausibleMillis, isRealDay, unixToMillis } from '../time/calendar';
import { readList } from '../text/list';
import { collapseSpaces } from '../text/text';

/**
 * A visit as either API or the webhook sends it. Nothing is certain: fields were missing, null, or
 * changed their type before.
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

/** A non-empty text without surrounding space, or null. Numbers become texts, for ids. */
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
 * A list of treatment names as the API sends it; elements may be `{ name }`, and a text is a list with
 * commas, an object is one with its values (left out, a deferral in it would be lost). A missing list is an
 * empty one.
 */
export function readNames(value: unknown): string[] {
	if (typeof value === 'string') return readNames(readList(value));
	if (isObject(value)) return readNames('name' in value ? [value] : Object.values(value));
	if (!Array.isArray(value)) return [];
	// As a rule the list is clean; copying it anyway is what long lists spend their time on.
	if (value.every(isCleanName)) return value;
	const names: string[] = [];
	for (const element of value as unknown[]) {
		const name = readText(isObject(element) ? element.name : element);
		if (name !== null) names.push(name);
	}
	return names;
}

/**
 * Unix milliseconds of `evaluation_completed`: ISO 8601 with offset today, integer seconds for
 * three days in its history, milliseconds in case.
 * @returns null for anything else, also for a time without offset, which would be a guess
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

/** Full name of a patient: `name`, else first and last name; null when there is none. */
export function readFullName(patient: Record<string, unknown>): string | null {
	const name = readText(patient.name);
	if (name !== null) return name;
	const both = `${readText(patient.first_name) ?? ''} ${readText(patient.last_name) ?? ''}`;
	return readText(collapseSpaces(both));
}
