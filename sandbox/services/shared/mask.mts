import { isObject, type Values } from './fields.mts';

type Mask = Map<string, Mask>;

/** A fields mask in Google's notation, e.g. `files(id, name), nextPageToken` or `sheets.properties`. */
class MaskReader {
	private at = 0;

	constructor(private readonly text: string) {}

	list(): Mask {
		const mask: Mask = new Map();
		do {
			const path = [this.name()];
			while (this.skip('.') || this.skip('/')) path.push(this.name());
			let inner: Mask = new Map();
			if (this.skip('(')) {
				inner = this.list();
				if (!this.skip(')')) throw new Error(this.text.slice(this.at));
			}
			for (const name of path.reverse()) inner = new Map([[name, inner]]);
			for (const [name, below] of inner) {
				mask.set(name, new Map([...(mask.get(name) ?? []), ...below]));
			}
		} while (this.skip(','));
		return mask;
	}

	end(): boolean {
		this.spaces();
		return this.at === this.text.length;
	}

	private name(): string {
		this.spaces();
		const name = /^(\*|[\w-]+)/.exec(this.text.slice(this.at))?.[0];
		if (name === undefined) throw new Error(this.text.slice(this.at));
		this.at += name.length;
		return name;
	}

	private skip(character: string): boolean {
		this.spaces();
		if (this.text[this.at] !== character) return false;
		this.at += 1;
		return true;
	}

	private spaces(): void {
		while (this.text[this.at] === ' ') this.at += 1;
	}
}

const pick = (value: unknown, mask: Mask): unknown => {
	if (mask.size === 0 || mask.has('*')) return value;
	if (Array.isArray(value)) return value.map((one) => pick(one, mask));
	if (!isObject(value)) return value;
	const picked: Values = {};
	for (const [name, below] of mask) {
		if (value[name] !== undefined) picked[name] = pick(value[name], below);
	}
	return picked;
};

/**
 * The parts of a resource that a mask names. Without a mask, the whole resource.
 * @throws Error whose message is the invalid part of the mask
 */
export const masked = (resource: unknown, mask: string | undefined): unknown => {
	if (!mask) return resource;
	const reader = new MaskReader(mask);
	const read = reader.list();
	if (!reader.end()) throw new Error(mask);
	return pick(resource, read);
};
