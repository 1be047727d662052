import type { RawVisit } from '../../domain/visit/apiVisit';
import { gfeIdOf, readNames } from '../../domain/visit/apiVisit';
import { DECISION_LISTS } from '../../domain/visit/decisions';
import type { StatusGroup } from '../../domain/visit/status';
import { statusGroup, statusKey } from '../../domain/visit/status';

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

/**
 * One visit takes 19 characters: 9 for its GFE id (54 bits), 4 for its status (the group in the first,
 * then 18 bits of the text), 6 for its decisions (36 bits; all `A` when there are none). No text of the
 * visit can be read back from them.
 */
export const MARK_LENGTH = 19;
const ID_LENGTH = 9;
const STATUS_LENGTH = 4;
const DECISIONS_AT = ID_LENGTH + STATUS_LENGTH;
const NO_DECISIONS = 'AAAAAA';

const GROUPS: StatusGroup[] = ['open', 'completed', 'cancelled', 'rejected', 'unknown'];

/** Replaces `completed` in the mark of a visit whose decisions are gone. */
const EMPTIED = 'H';

const lanes = newLanes();

/**
 * The marks of a list of visits, in its order. An unchanged list gives an equal text, so a poll without changes
 * costs almost nothing. Every visit must have an ID.
 */
export function packVisits(visits: RawVisit[]): string {
	const bytes = Buffer.alloc(visits.length * MARK_LENGTH);
	const statuses = new Map<unknown, [group: number, text: number]>();
	let offset = 0;
	for (const visit of visits) {
		writeId(bytes, offset, gfeIdOf(visit) ?? '');
		let status = statuses.get(visit.status);
		if (status === undefined) statuses.set(visit.status, (status = hashStatus(visit.status)));
		writeBits(bytes, offset + ID_LENGTH, status[0], 1);
		writeBits(bytes, offset + ID_LENGTH + 1, status[1], STATUS_LENGTH - 1);
		writeDecisions(bytes, offset + DECISIONS_AT, visit);
		offset += MARK_LENGTH;
	}
	return bytes.toString('latin1');
}

function writeId(bytes: Buffer, offset: number, id: string): void {
	hashInto(lanes, id, 0);
	writeBits(bytes, offset, lanes[0] ?? 0, 5);
	writeBits(bytes, offset + 5, lanes[1] ?? 0, 4);
}

function hashStatus(status: unknown): [group: number, text: number] {
	hashInto(lanes, statusKey(status), 1);
	return [GROUPS.indexOf(statusGroup(status)), lanes[0] ?? 0];
}

/** Writes a sum over the names, so their order doesn't count, but the list that contains a name does. */
function writeDecisions(bytes: Buffer, offset: number, visit: RawVisit): void {
	let sumA = 0;
	let sumB = 0;
	for (let list = 0; list < DECISION_LISTS.length; list += 1) {
		const names = visit[DECISION_LISTS[list] ?? ''];
		for (const name of readNames(names)) {
			hashInto(lanes, name, 2 + list);
			sumA = (sumA + (lanes[0] ?? 0)) | 0;
			sumB = (sumB + (lanes[1] ?? 0)) | 0;
		}
	}
	writeBits(bytes, offset, sumA, 5);
	writeBits(bytes, offset + 5, sumB, 1);
}

export const idAt = (marks: string, offset: number): string =>
	marks.slice(offset, offset + ID_LENGTH);

export const markAt = (marks: string, offset: number): string =>
	marks.slice(offset, offset + MARK_LENGTH);

/** The mark of a completed visit that no longer has decisions. */
export const emptiedMark = (mark: string): string =>
	`${mark.slice(0, ID_LENGTH)}${EMPTIED}${mark.slice(ID_LENGTH + 1)}`;

/** The content of a mark. */
export function readMark(mark: string): {
	group: StatusGroup;
	status: string;
	decisions: string;
	hasDecisions: boolean;
	/** True if the visit is completed and its decisions are gone. */
	emptied: boolean;
} {
	const decisions = mark.slice(DECISIONS_AT);
	const emptied = mark.charAt(ID_LENGTH) === EMPTIED;
	return {
		group: emptied ? 'completed' : (GROUPS[readBits(mark, ID_LENGTH)] ?? 'unknown'),
		status: mark.slice(ID_LENGTH + 1, DECISIONS_AT),
		decisions,
		hasDecisions: decisions !== NO_DECISIONS,
		emptied,
	};
}
