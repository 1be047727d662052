const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const CODES = Uint8Array.from(ALPHABET, (character) => character.charCodeAt(0));

/** Two unsigned 32-bit numbers. A hash fills them in place, because a poll hashes some 50,000 texts. */
type Lanes = Uint32Array;

export const newLanes = (): Lanes => new Uint32Array(2);

/**
 * A 64-bit hash of a text in two lanes. It tells visits and decisions apart inside one workflow. It isn't a
 * cryptographic hash, because that would take longer than reading the list, and nobody gains from a collision.
 *
 * @param seed makes the hashes of equal texts differ between uses
 */
export function hashInto(lanes: Lanes, text: string, seed: number): void {
	let a = Math.imul(seed + 1, 0x3c6ef372) ^ text.length;
	let b = Math.imul(seed + 7, 0x1b873593);
	for (let index = 0; index < text.length; index += 1) {
		const unit = text.charCodeAt(index);
		a = Math.imul(a ^ unit, 0x01000193);
		b = Math.imul(((b << 5) | (b >>> 27)) ^ unit, 0x27220a95);
	}
	lanes[0] = avalanche(a);
	lanes[1] = avalanche(b ^ 0x5bf03635);
}

/** Spreads every input bit over the whole lane, so that any part of the lane can be used alone. */
function avalanche(lane: number): number {
	let bits = Math.imul(lane ^ (lane >>> 15), 0x2c1b3c6d);
	bits = Math.imul(bits ^ (bits >>> 13), 0x297a2d39);
	return bits ^ (bits >>> 16);
}

/** Writes the lowest `6 * count` bits of `bits` as `count` characters that JSON doesn't escape. */
export function writeBits(target: Uint8Array, offset: number, bits: number, count: number): void {
	for (let index = 0; index < count; index += 1) {
		target[offset + index] = CODES[(bits >>> (6 * index)) & 63] ?? 0;
	}
}

/** The 6 bits of one character that `writeBits` wrote, or -1 for any other character. */
export const readBits = (text: string, offset: number): number =>
	ALPHABET.indexOf(text.charAt(offset));
