type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/**
 * Reads n8n's stored execution data. It is a JSON array in which every string stands for a place in that
 * array, so that shared and circular values are written once; place 0 is the whole.
 * @throws SyntaxError when the text is not such an array
 */
export const unflatten = (text: string): unknown => {
	const table = JSON.parse(text) as Json[];
	const built = new Map<number, unknown>();
	const fill = (value: Json): unknown => (typeof value === 'string' ? at(Number(value)) : value);
	const at = (index: number): unknown => {
		if (built.has(index)) return built.get(index);
		const source = table[index];
		if (typeof source !== 'object' || source === null) return source;
		// Entered before its parts are built: a part may point back at it.
		const target: Record<string, unknown> | unknown[] = Array.isArray(source) ? [] : {};
		built.set(index, target);
		for (const [key, value] of Object.entries(source)) Reflect.set(target, key, fill(value));
		return target;
	};
	return at(0);
};
