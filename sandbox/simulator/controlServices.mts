import type { Faults } from './faults.mts';
import type { Gate } from './gate.mts';
import type { Store } from './store.mts';
import type { Webhooks } from './webhooks.mts';

export interface ControlServices {
	store: Store;
	webhooks: Webhooks;
	faults: Faults;
	gate: Gate;
}

/** A misuse of the control API; becomes an answer of `status` with `{ error }`. */
export class Misuse extends Error {
	constructor(
		readonly statusCode: number,
		message: string,
	) {
		super(message);
	}
}
