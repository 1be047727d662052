import type { Booking } from './booking.mts';
import type { Faults } from './faults.mts';
import type { Gate } from './gate.mts';
import type { OtherSystems } from './otherSystems.mts';
import type { Store } from './store.mts';
import type { Webhooks } from './webhooks.mts';

export interface ControlServices {
	store: Store;
	webhooks: Webhooks;
	faults: Faults;
	gate: Gate;
	booking: Booking;
	otherSystems?: OtherSystems;
}

/** A call that the control API refuses. The answer has this status and `{ error }`. */
export class Misuse extends Error {
	constructor(
		readonly statusCode: number,
		message: string,
	) {
		super(message);
	}
}
