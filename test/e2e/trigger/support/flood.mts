import type { Delivery } from '../../../../sandbox/simulator/index.mts';
import { EMR_KEY } from '../../support/world.mts';
import type { TriggerControl } from './control.mts';
import { deliveryOf } from './raw.mts';

export type Kind = 'sound' | 'repeat' | 'forged' | 'malformed';

/** One request of the flood: the delivery to send, and its kind. */
interface Shot {
	kind: Kind;
	gfe: string;
	request: { key: string; body: unknown; signature?: string };
}

export const gfeOf = (index: number): string => `gfe-load-${String(index).padStart(4, '0')}`;

/** A seeded generator of numbers in [0, 1): the same order in every run. */
const seeded = (seed: number) => () => {
	seed = (seed * 1664525 + 1013904223) % 2 ** 32;
	return seed / 2 ** 32;
};

const shuffle = <T,>(list: T[], random: () => number): T[] => {
	for (let at = list.length - 1; at > 0; at -= 1) {
		const other = Math.floor(random() * (at + 1));
		[list[at], list[other]] = [list[other]!, list[at]!];
	}
	return list;
};

const shot = (kind: Kind, index: number, change: object = {}): Shot => {
	const gfe = gfeOf(index);
	return { kind, gfe, request: { key: EMR_KEY, body: deliveryOf(gfe), ...change } };
};

const times = <T,>(count: number, make: (index: number) => T): T[] =>
	Array.from({ length: count }, (_, index) => make(index));

/** `sound` deliveries mixed with redeliveries of some of them, forgeries and malformed ones. */
export const flood = (
	counts: { sound: number; repeat: number; forged: number; malformed: number },
	seed: number,
): Shot[] => {
	const random = seeded(seed);
	const malformed = ['[]', '{"event":"visit.completed","data":{}}', '{"event":', 'null', '{}'];
	return shuffle(
		[
			...times(counts.sound, (index) => shot('sound', index)),
			...times(counts.repeat, () => shot('repeat', Math.floor(random() * counts.sound))),
			// Some forge a visit that is also delivered, some a visit that isn't.
			...times(counts.forged, (index) =>
				shot('forged', index * 20, { signature: index % 2 === 0 ? 'wrong' : 'missing' }),
			),
			...times(counts.malformed, (index) =>
				shot('malformed', index, { body: malformed[index % malformed.length] }),
			),
		],
		random,
	);
};

/** Runs `work` on each in order, `width` at a time. */
export const inParallel = async <T,>(
	list: T[],
	width: number,
	work: (one: T) => Promise<void>,
): Promise<void> => {
	const queue = list.values();
	await Promise.all(
		times(width, async () => {
			for (const one of queue) await work(one);
		}),
	);
};

/** Lets the simulator send all of them. @returns each with its receiver's answer */
export const fire = async (
	control: TriggerControl,
	shots: Shot[],
	width: number,
	onAnswer: (delivery: Delivery) => void = () => undefined,
): Promise<Array<Shot & { delivery: Delivery }>> => {
	const answered: Array<Shot & { delivery: Delivery }> = [];
	await inParallel(shots, width, async (one) => {
		const delivery = await control.deliver(one.request);
		answered.push({ ...one, delivery });
		onAnswer(delivery);
	});
	return answered;
};
