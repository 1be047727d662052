import { parseJson } from '../json';

/**
 * The elements of a list field: an array as it is, a JSON array in a string, or a text with commas,
 * semicolons (HubSpot) or line breaks between the elements.
 * Elements of a text are trimmed; empty ones are dropped.
 * @returns null when the value is no list: another type, or a text that starts like a JSON array
 *   and is not one.
 */
export function readList(value: unknown): unknown[] | null {
	if (Array.isArray(value)) return value;
	if (typeof value !== 'string') return null;
	const text = value.trim();
	if (text.startsWith('[')) {
		const parsed = parseJson(text);
		return Array.isArray(parsed) ? parsed : null;
	}
	return text
		.split(/[,;\r\n]+/)
		.map((element) => element.trim())
		.filter((element) => element !== '');
}
