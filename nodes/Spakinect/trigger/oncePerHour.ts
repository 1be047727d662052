import { BoundedMap } from '../domain/boundedMap';

const HOUR_MS = 3_600_000;
const LIMIT = 1_000;

/** Allows one log line per subject and hour, so that senders can't flood the log. */
export class OncePerHour {
	private readonly saidAt = new BoundedMap<string, number>(LIMIT);

	/**
	 * Whether the line may be logged now. If so, it counts as logged. The number of subjects is limited: the
	 * oldest one is forgotten first.
	 *
	 * @param now Unix milliseconds
	 */
	isDue(subject: string, now: number): boolean {
		if (now - (this.saidAt.get(subject) ?? -Infinity) < HOUR_MS) return false;
		this.saidAt.set(subject, now);
		return true;
	}
}
