import { randomUUID } from 'node:crypto';
import { fieldsOf, refuse, type Answer, type ServiceRequest } from '../shared/http.mts';
import { error, invalid, notFound } from './errors.mts';
import { API, ORGANIZATION, USER } from './me.mts';

const EVENTS = ['invitee.created', 'invitee.canceled'];

export interface Subscription {
	uri: string;
	callback_url: string;
	events: string[];
	scope: string;
	organization: string;
	user: string | null;
	creator: string;
	state: 'active' | 'disabled';
	created_at: string;
	updated_at: string;
	retry_started_at: null;
}

/** The webhook subscriptions and their signing keys. */
export class Subscriptions {
	/** By URI. */
	readonly all = new Map<string, Subscription>();
	private readonly keys = new Map<string, string>();

	clear(): void {
		this.all.clear();
		this.keys.clear();
	}

	keyOf(uri: string): string | undefined {
		return this.keys.get(uri);
	}

	found(request: ServiceRequest): Subscription {
		const uri = `${API}/webhook_subscriptions/${request.params.uuid}`;
		return this.all.get(uri) ?? refuse(notFound());
	}

	/** The owner of a subscription or a list: the organization, and for the scope `user` the user. */
	private wrongOwner(fields: Record<string, unknown>): Answer | undefined {
		const { organization, scope, user } = fields;
		if (scope !== 'user' && scope !== 'organization') {
			return invalid(['scope', 'is not included in the list']);
		}
		if (scope === 'user' && user === undefined) return invalid(['user', "can't be blank"]);
		const isOurs = organization === ORGANIZATION && (user === undefined || user === USER);
		if (isOurs) return undefined;
		return error(403, 'Permission Denied', 'You do not have permission to access this resource.');
	}

	add(request: ServiceRequest): Answer {
		const body = fieldsOf(request);
		const wrong = this.wrongOwner(body);
		if (wrong) return wrong;
		const { url, events, scope, user, signing_key: key } = body as Record<string, string>;
		const wanted = events as unknown as string[];
		if (wanted.length === 0 || !wanted.every((one) => EVENTS.includes(one))) {
			return invalid(['events', 'is not included in the list']);
		}
		if (!URL.canParse(url ?? '') || !/^https:/.test(url ?? '')) {
			return invalid(['url', 'is not a valid URL']);
		}
		if ([...this.all.values()].some(({ callback_url }) => callback_url === url)) {
			return error(409, 'Already Exists', 'Hook with this url already exists');
		}
		const uri = `${API}/webhook_subscriptions/${randomUUID()}`;
		const now = new Date().toISOString();
		const resource: Subscription = {
			uri,
			callback_url: url ?? '',
			events: wanted,
			scope: scope ?? '',
			organization: ORGANIZATION,
			user: scope === 'user' ? (user ?? null) : null,
			creator: USER,
			state: 'active',
			created_at: now,
			updated_at: now,
			retry_started_at: null,
		};
		this.all.set(uri, resource);
		if (key) this.keys.set(uri, key);
		return { status: 201, json: { resource } };
	}

	list(request: ServiceRequest): Answer {
		const { query } = request;
		const wrong = this.wrongOwner(query);
		if (wrong) return wrong;
		const count = Number(query.count ?? 20);
		if (!Number.isInteger(count) || count < 1 || count > 100) {
			return invalid(['count', 'must be between 1 and 100']);
		}
		const start = Number(query.page_token ?? 0);
		const all = [...this.all.values()].filter(({ scope }) => scope === query.scope);
		const collection = all.slice(start, start + count);
		const next_page_token = all.length > start + count ? String(start + count) : null;
		const pagination = { count: collection.length, next_page_token, next_page: null };
		return { status: 200, json: { collection, pagination } };
	}
}
