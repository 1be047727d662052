/** The part of JSON Schema that n8n's editor uses to preview a node's output. */
interface Schema {
	type: string | string[];
	properties?: Record<string, Schema>;
	items?: Schema;
}

type JsonObject = Record<string, unknown>;

const isObject = (value: unknown): value is JsonObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

function typeOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'array';
	return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value;
}

function propertiesOf(objects: JsonObject[]): Record<string, Schema> {
	const keys = [...new Set(objects.flatMap((object) => Object.keys(object)))];
	const valuesOf = (key: string) => objects.filter((one) => key in one).map((one) => one[key]);
	return Object.fromEntries(keys.map((key) => [key, schemaOf(valuesOf(key))]));
}

/**
 * The schema of all the values. If their types differ, `null` comes last, because the editor shows the first
 * type. Nothing is `required`, because samples can't prove that a field is always present.
 */
export function schemaOf(values: unknown[]): Schema {
	const types = [...new Set(values.map(typeOf))].sort(
		(a, b) => Number(a === 'null') - Number(b === 'null'),
	);
	const objects = values.filter(isObject);
	const elements = values.filter((value) => Array.isArray(value)).flat() as unknown[];
	return {
		type: types.length === 1 ? (types[0] ?? 'null') : types,
		...(objects.length > 0 ? { properties: propertiesOf(objects) } : {}),
		...(elements.length > 0 ? { items: schemaOf(elements) } : {}),
	};
}
