import { sleep } from 'n8n-workflow';

/** Milliseconds that the items may compute before n8n gets a turn for its editor, webhooks and health check. */
const WORK_MS = 20;

/**
 * Lets n8n answer other requests while many items compute. Items run side by side, so they wait here one after
 * the other. Timers that fire together would run all items before n8n looks at the next request.
 */
export class Pace {
	private turn: Promise<void> = Promise.resolve();

	private since = Date.now();

	/** Waits until the item may compute. Await it before each piece of work that takes some milliseconds. */
	async breathe(): Promise<void> {
		this.turn = this.turn.then(async () => {
			if (Date.now() - this.since < WORK_MS) return;
			await sleep(0);
			this.since = Date.now();
		});
		await this.turn;
	}
}
