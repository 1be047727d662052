import { collapseSpaces, withoutInvisible } from '../text';

/** A location as the credential lists it. */
interface NamedLocation {
	name: string;
	id: string;
}

/**
 * Reads the field Locations of a credential: one location per line, as `Name: id`. A name may contain colons,
 * but an ID can't. A line without a colon is an ID. If an ID appears twice, the first line counts.
 */
export function readLocationLines(text: unknown): NamedLocation[] {
	if (typeof text !== 'string') return [];
	const byId = new Map<string, NamedLocation>();
	for (const line of text.split(/[\r\n]+/)) {
		const colon = line.lastIndexOf(':');
		const id = withoutInvisible(line.slice(colon + 1)).trim();
		const name = collapseSpaces(line.slice(0, Math.max(colon, 0)));
		if (id !== '' && !byId.has(id)) byId.set(id, { name: name === '' ? id : name, id });
	}
	return [...byId.values()];
}
