import { randomUUID } from 'node:crypto';
import { Misuse } from './controlServices.mts';
import type { Store } from './store.mts';

/** The body of the page's booking form. `appointment_time` is in Unix seconds. */
export interface BookingInput {
	first_name: string;
	last_name: string;
	email: string;
	phone: string;
	location_id: string;
	appointment_time: number;
	treatments: string[];
}

export interface BookingResult {
	/** Null if no exam is needed, or if the patient is already cleared. */
	gfe_id: string | null;
	through: 'workflow' | 'api';
	/** False if the workflow returned an open visit or requested none. */
	created: boolean;
	/** The workflow's own sentence for staff. */
	summary?: string;
}

type Answer = { status: number; body: Record<string, unknown> };

const TIMEOUT_MS = 60_000;

/** The node's results for a booking that got no exam. */
const WITHOUT_EXAM: readonly string[] = ['already_cleared', 'no_exam_needed'];

const post = async (url: string, body: object, headers = {}): Promise<Answer> => {
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify(body),
		signal: AbortSignal.timeout(TIMEOUT_MS),
	});
	const parsed: unknown = await response.json().catch(() => null);
	return { status: response.status, body: (parsed ?? {}) as Record<string, unknown> };
};

/**
 * Books an exam as a spa's booking system does: through a workflow if there is one, otherwise through the EMR
 * API.
 */
export class Booking {
	/** The booking webhook of a running n8n. */
	url: string | null = null;

	constructor(
		private readonly store: Store,
		private readonly apiUrl: () => string,
	) {}

	/** @throws Misuse that says what to do if nothing was booked */
	async book(input: BookingInput): Promise<BookingResult> {
		return this.url === null ? this.throughApi(input) : this.throughWorkflow(this.url, input);
	}

	private async throughWorkflow(url: string, input: BookingInput): Promise<BookingResult> {
		const booking = { booking_id: `booking-${randomUUID().slice(0, 8)}`, ...input };
		const { status, body } = await post(url, booking).catch(() => {
			throw new Misuse(502, 'n8n does not answer. Start it again');
		});
		if (status === 404) {
			throw new Misuse(502, 'n8n answered 404. Publish the workflow "Booking to GFE"');
		}
		const gfeId = typeof body.gfe_id === 'string' && body.gfe_id !== '' ? body.gfe_id : null;
		const result = String(body.result ?? '');
		if (status >= 400 || (gfeId === null && !WITHOUT_EXAM.includes(result))) {
			throw new Misuse(502, `n8n answered ${status}. Open the execution in n8n to see why`);
		}
		const created = gfeId !== null && body.created !== false && result !== 'open_visit';
		const summary = typeof body.summary === 'string' ? { summary: body.summary } : {};
		return { gfe_id: gfeId, through: 'workflow', created, ...summary };
	}

	private async throughApi(input: BookingInput): Promise<BookingResult> {
		const { first_name, last_name, email, phone, treatments, ...rest } = input;
		const key = [...this.store.keys.values()].find(
			({ kind, locations }) => kind === 'emr' && locations.includes(input.location_id),
		);
		if (!key) throw new Misuse(400, 'No EMR key may use this location');
		const visit = {
			...rest,
			patient_details: { first_name, last_name, email, phone },
			requested_treatments: treatments,
		};
		const url = `${this.apiUrl()}/emr/appointments`;
		const { status, body } = await post(url, visit, { 'x-api-key': key.key }).catch(() => {
			throw new Misuse(502, 'The API ended the connection. Turn off the faults');
		});
		if (typeof body.gfe_id === 'string') {
			return { gfe_id: body.gfe_id, through: 'api', created: true };
		}
		const reason = String(body.message ?? body.error ?? '');
		throw new Misuse(502, `The API answered ${status}${reason ? `: ${reason}` : ''}`);
	}
}
