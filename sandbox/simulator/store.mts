import { randomBytes } from 'node:crypto';
import {
	defaultSettings,
	seedFavorites,
	seedKeys,
	seedLocations,
	seedTreatments,
} from './seed.mts';
import type {
	Delivery,
	JournalEntry,
	KeySeed,
	Location,
	Settings,
	Treatment,
	Visit,
} from './types.mts';

interface Registration {
	url: string;
	/** Sent as X-Webhook-Secret when set. */
	secret?: string;
}

interface Contact {
	at: string;
	gfe_id: string;
	channel: 'email' | 'text';
	to: string;
	/** The text for the patient, with the link to the intake form. */
	text: string;
	link: string;
}

interface Leak {
	at: string;
	path: string;
	/** Names of headers that must not be sent to the files origin. Values are not kept. */
	headers: string[];
}

const ID_LENGTH = 20;
// Random bytes for many IDs. Requesting 20 bytes at a time would take most of the time of a large list.
let bytes = Buffer.alloc(0);

/** A random id that looks like the ids of the real system (20 letters and digits). */
export function newId(): string {
	const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
	if (bytes.length < ID_LENGTH) bytes = randomBytes(200 * ID_LENGTH);
	let id = '';
	for (const byte of bytes.subarray(0, ID_LENGTH)) id += alphabet[byte % alphabet.length];
	bytes = bytes.subarray(ID_LENGTH);
	return id;
}

/** Everything the simulator stores. `reset` returns it to the seed in place. */
export class Store {
	readonly keys = new Map<string, KeySeed>();
	readonly visits = new Map<string, Visit>();
	readonly locations = new Map<string, Location>();
	readonly webhooks = new Map<string, Registration>();
	readonly subscriptions = new Map<string, Set<string>>();
	/** Patient IDs by matching key (see visits.mts). */
	readonly patients = new Map<string, string>();
	treatments: Treatment[] = [];
	favorites: Record<string, string[]> = {};
	deliveries: Delivery[] = [];
	journal: JournalEntry[] = [];
	contacts: Contact[] = [];
	leaks: Leak[] = [];
	settings: Settings;
	/** Grows with every change of visits or settings. Cached lists compare it. */
	revision = 0;
	private readonly byLocation = new Map<string, Visit[]>();
	private readonly initialSettings: Settings;

	constructor(keys: KeySeed[] = seedKeys, settings: Partial<Settings> = {}) {
		this.initialSettings = { ...defaultSettings, ...settings };
		this.settings = { ...this.initialSettings };
		for (const key of keys) this.keys.set(key.key, key);
		this.reset();
	}

	/**
	 * Returns to the seed. The revision keeps growing, so no cache survives.
	 * @param keepRegistrations keeps webhook URLs and subscriptions, as Spakinect does
	 */
	reset(keepRegistrations = false): void {
		const registrations = keepRegistrations ? [] : [this.webhooks, this.subscriptions];
		for (const map of [this.visits, this.patients, ...registrations]) map.clear();
		this.byLocation.clear();
		this.locations.clear();
		for (const location of seedLocations) this.locations.set(location.id, location);
		for (const id of [...this.keys.values()].flatMap((key) => key.locations)) {
			if (!this.locations.has(id)) this.locations.set(id, { id, name: id });
		}
		this.treatments = [...seedTreatments];
		this.favorites = structuredClone(seedFavorites);
		this.deliveries = [];
		this.journal = [];
		this.contacts = [];
		this.leaks = [];
		this.settings = { ...this.initialSettings };
		this.revision += 1;
	}

	addVisit(visit: Visit): void {
		this.visits.set(visit.gfe_id, visit);
		const list = this.byLocation.get(visit.location_id);
		if (list) list.push(visit);
		else this.byLocation.set(visit.location_id, [visit]);
		this.revision += 1;
	}

	/** To be called after a visit was changed in place. */
	touched(): void {
		this.revision += 1;
	}

	/** The location's visits in order of creation. */
	visitsAt(locationId: string): readonly Visit[] {
		return this.byLocation.get(locationId) ?? [];
	}
}
