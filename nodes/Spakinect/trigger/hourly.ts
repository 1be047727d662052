const HOUR_MS = 3_600_000;
const LIMIT = 1_000;

/** Lets something be said about a subject at most once an hour; for what strangers can bring about. */
export class Hourly {
	private readonly saidAt = new Map<string, number>();

	/**
	 * Whether it is time to say it, in which case it counts as said. Bounded: the subject that was spoken of
	 * longest ago is forgotten first.
	 *
	 * @param now Unix milliseconds
	 */
	isDue(subject: string, now: number): boolean {
		if (now - (this.saidAt.get(subject) ?? -Infinity) < HOUR_MS) return false;
		this.saidAt.delete(subject);
		this.saidAt.set(subject, now);
		if (this.saidAt.size > LIMIT) this.saidAt.delete(this.saidAt.keys().next().value ?? '');
		return true;
	}
}
