import { sleep } from 'n8n-workflow';

/** How long the items may compute before n8n answers others: its editor, its webhooks, its health check. */
const WORK_MS = 20;

/**
 * Lets n8n answer others while many items compute. Items run side by side, so they pass here one behind
 * the other: timers that fire together would run all items before the next request is looked at.
 */
export class Pace {
	private turn: Promise<void> = Promise.resolve();

	private since = Date.now();

	/** Waits for the next chance to compute. To be awaited before each piece of work of some milliseconds. */
	async breathe(): Promise<void> {
		this.turn = this.turn.then(async () => {
			if (Date.now() - this.since < WORK_MS) return;
			await sleep(0);
			this.since = Date.now();
		});
		await this.turn;
	}
}
