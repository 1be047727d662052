import type { AxiosInstance } from 'axios';
import { loopbackAxios } from '../n8n/loopback.mts';
import type { BookingInput, BookingResult } from '../simulator/booking.mts';
import type { Delivery, Fault, JournalEntry, OtherSystemsSummary } from '../simulator/index.mts';

/** The part of the simulator's control API that the demo and the tests use. */
export class Control {
	private readonly http: AxiosInstance;

	constructor(controlUrl: string) {
		this.http = loopbackAxios(controlUrl, 60_000);
	}

	/** The API requests so far, oldest first. */
	async journal(since = 0): Promise<JournalEntry[]> {
		const answer = await this.http.get<JournalEntry[]>('/requests', { params: { since } });
		return answer.data;
	}

	/** The journal in short: `POST /subscriptions 200`. */
	async calls(since = 0): Promise<string[]> {
		return (await this.journal(since)).map(
			({ method, path, status }) => `${method} ${path} ${status}`,
		);
	}

	async state(): Promise<{
		visits: Array<{ gfe_id: string; status: string; [key: string]: unknown }>;
		webhooks: Record<string, string>;
		subscriptions: Record<string, string[]>;
	}> {
		return (await this.http.get('/state')).data;
	}

	/** Adds visits as if they had been requested elsewhere. @returns their IDs */
	async addVisits(visits: object[]): Promise<string[]> {
		return (await this.http.post<{ ids: string[] }>('/visits', { visits })).data.ids;
	}

	/** The booking form of the page sends its bookings to this webhook. */
	async bookThrough(url: string): Promise<void> {
		await this.http.put('/bookings', { url });
	}

	/** Books as the page's form does. */
	async book(booking: BookingInput): Promise<BookingResult> {
		return (await this.http.post<BookingResult>('/bookings', booking)).data;
	}

	/** Finishes the exam as the provider does: sets the decisions and sends the webhook. */
	async complete(gfeId: string, options: object = {}): Promise<{ delivery_id?: string }> {
		return (await this.http.post(`/visits/${gfeId}/complete`, options)).data;
	}

	async deliveries(): Promise<Delivery[]> {
		return (await this.http.get<Delivery[]>('/deliveries')).data;
	}

	/** The data of the spa's other systems. */
	async systems(): Promise<OtherSystemsSummary> {
		return (await this.http.get<OtherSystemsSummary>('/systems')).data;
	}

	/** A file of another system. */
	async systemsFile(id: string): Promise<Buffer> {
		const options = { responseType: 'arraybuffer' } as const;
		return Buffer.from((await this.http.get<ArrayBuffer>(`/systems/files/${id}`, options)).data);
	}

	/** Sends a made-up delivery. @returns it with the receiver's answer */
	async deliver(delivery: object): Promise<Delivery> {
		return (await this.http.post<Delivery>('/deliveries', delivery)).data;
	}

	/** Sets faults of the simulated API. They replace the previous ones. */
	async setFaults(faults: Fault[]): Promise<void> {
		await this.http.put('/faults', { faults });
	}
}
