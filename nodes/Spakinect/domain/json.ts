/** A JSON object whose fields nobody has checked yet. */
export type JsonObject = Record<string, unknown>;

/** True for a JSON object (not an array, not null). */
export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a JSON text, or undefined if the text is not JSON. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/**
 * The elements of a list field: an array, a JSON array as text, or a text with commas, semicolons (HubSpot) or
 * line breaks between the elements. Elements of a text are trimmed, and empty ones are dropped.
 * @returns null if the value isn't a list: another type, or a text that starts like a JSON array but isn't one.
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
