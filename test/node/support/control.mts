import type { IDataObject } from 'n8n-workflow';
import type {
	Decision,
	Fault,
	JournalEntry,
	Settings,
	Visit,
} from '../../../sandbox/simulator/index.mts';

export type PartialVisit = Partial<Omit<Visit, 'patient_details'>> & {
	patient_details?: Partial<Visit['patient_details']>;
	decisions?: Record<string, Decision>;
	pdf?: 'now' | 'never' | { afterMs: number };
};

interface State {
	visits: Visit[];
	webhooks: Record<string, string>;
	subscriptions: Record<string, string[]>;
}

/** The simulator's control API, typed. */
export class Control {
	constructor(private readonly url: string) {}

	private async call<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await fetch(this.url + path, {
			method,
			...(body === undefined
				? {}
				: { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
		return JSON.parse(text) as T;
	}

	reset = () => this.call('POST', '/reset');

	state = () => this.call<State>('GET', '/state');

	visits = async () => (await this.state()).visits;

	/** Adds visits and returns their IDs. */
	async add(...visits: PartialVisit[]): Promise<string[]> {
		return (await this.call<{ ids: string[] }>('POST', '/visits', { visits })).ids;
	}

	async generate(count: number, rest: IDataObject = {}): Promise<string[]> {
		const body = { generate: count, ...rest };
		return (await this.call<{ ids: string[] }>('POST', '/visits', body)).ids;
	}

	edit = (id: string, visit: PartialVisit | IDataObject) =>
		this.call('PATCH', `/visits/${id}`, visit);

	complete = (id: string, options: IDataObject = {}) =>
		this.call('POST', `/visits/${id}/complete`, { deliver: false, ...options });

	settings = (settings: Partial<Settings>) => this.call('PUT', '/settings', settings);

	/** Replaces all faults. */
	faults = (...faults: Fault[]) => this.call('PUT', '/faults', { faults });

	requests = () => this.call<JournalEntry[]>('GET', '/requests');

	/** Method and path of every request, for example "GET /emr/visits/v1". */
	async sent(): Promise<string[]> {
		return (await this.requests()).map(({ method, path }) => `${method} ${path}`);
	}

	contacts = () =>
		this.call<Array<{ gfe_id: string; channel: string; to: string }>>('GET', '/contacts');

	leaks = () => this.call<unknown[]>('GET', '/leaks');

	stats = () =>
		this.call<{ inFlight: number; maxInFlight: number; requests: number }>('GET', '/stats');
}
