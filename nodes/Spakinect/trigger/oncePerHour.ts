import { BoundedMap } from '../domain/boundedMap';

const HOUR_MS = 3_600_000;
const LIMIT = 1_000;

/** Lets something be said about a subject at most once an hour; for what strangers can bring about. */
export class OncePerHour {
	private readonly saidAt = new BoundedMap<string, number>(LIMIT);

	/**
	 * Whether it is time to say it, in which case it counts as said. Bounded: the subject that was spoken of
	 * longest ago is forgotten first.
	 *
	 * @param now Unix milliseconds
	 */
	isDue(subject: string, now: number): boolean {
		if (now - (this.saidAt.get(subject) ?? -Infinity) < HOUR_MS) return false;
		this.saidAt.set(subject, now);
		return true;
	}
}
