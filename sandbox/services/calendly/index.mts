/**
 * Stand-in for Calendly: webhook subscriptions and their signed deliveries, and OAuth.
 *
 * Written from: "Webhooks" overview, "Webhook signatures", "Create / List / Get / Delete Webhook Subscription",
 * "Get current user" and "Errors", developer.calendly.com, read 2026-11.
 * Not imitated: plans, repeats of a failed delivery,
 * no-shows, routing forms, groups. For an OAuth app Calendly documents a signing key of its own; n8n's node sends
 * one with the subscription and the delivery is signed with that.
 */
import { randomUUID } from 'node:crypto';
import type { Problem } from '../shared/fields.mts';
import { bearer, fieldsOf, refuse, type Answer, type ServiceRequest } from '../shared/http.mts';
import { StandIn } from '../shared/service.mts';
import { clientOf, createOAuthApp, Tokens, type NewCredential } from '../shared/tokens.mts';
import { inviteePayload, post, signature, type Booking, type Invitee } from './delivery.mts';

const API = 'https://api.calendly.com';
const USER = `${API}/users/1`;
const ORGANIZATION = `${API}/organizations/1`;
const EVENTS = ['invitee.created', 'invitee.canceled'];
const SCOPES = ['users:read', 'webhooks:read', 'webhooks:write', 'scheduled_events:read'];

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

const error = (status: number, title: string, message: string, details?: object[]): Answer => ({
	status,
	json: { title, message, ...(details && { details }) },
});

const invalid = (...details: Array<[parameter: string, message: string]>): Answer =>
	error(
		400,
		'Invalid Argument',
		'The supplied parameters are invalid.',
		details.map(([parameter, message]) => ({ parameter, message })),
	);

const describe = ({ field, reason, expected }: Problem): [string, string] =>
	reason === 'missing' ? [field, "can't be blank"] : [field, `must be ${expected}`];

const unauthenticated = (): Answer => error(401, 'Unauthenticated', 'The access token is invalid');

const notFound = (): Answer =>
	error(404, 'Resource Not Found', 'The server could not find the requested resource.');

export class Calendly extends StandIn {
	/** By URI. */
	readonly subscriptions = new Map<string, Subscription>();
	/** Invitees by URI. */
	readonly invitees = new Map<string, Invitee>();
	private readonly keys = new Map<string, string>();

	/** @param reach where a public address really is */
	constructor(
		private readonly reach: (url: string) => string = (url) => url,
		private readonly tokens = new Tokens('cal-'),
		private readonly app = createOAuthApp('calendly'),
	) {
		const hooks = '/webhook_subscriptions';
		super({
			name: 'Calendly',
			hosts: ['api.calendly.com', 'auth.calendly.com'],
			routes: [
				{ call: 'POST /oauth/token', auth: false, answer: (request) => this.token(request) },
				{ call: 'GET /users/me', answer: () => ({ status: 200, json: { resource: ME } }) },
				{
					call: `POST ${hooks}`,
					body: {
						url: 'text!',
						events: 'strings!',
						organization: 'text!',
						scope: 'text!',
						user: 'string',
						signing_key: 'string',
					},
					answer: (request) => this.subscribe(request),
				},
				{
					call: `GET ${hooks}`,
					query: { organization: 'text!', scope: 'text!' },
					answer: (request) => this.list(request),
				},
				{
					call: `GET ${hooks}/{uuid}`,
					answer: (request) => ({ status: 200, json: { resource: this.found(request) } }),
				},
				{
					call: `DELETE ${hooks}/{uuid}`,
					answer: (request) => {
						this.subscriptions.delete(this.found(request).uri);
						return { status: 204 };
					},
				},
			],
			errors: {
				authorize: (request) => this.authorize(request),
				invalid: (problems) => invalid(...problems.map(describe)),
				badJson: () => error(400, 'Invalid Argument', 'The request body is not valid JSON.'),
				unknownRoute: notFound,
				limited: () => ({
					...error(429, 'Too Many Requests', 'Rate limit exceeded'),
					headers: { 'x-ratelimit-remaining': '0' },
				}),
				revoked: ({ path }) =>
					path === '/oauth/token'
						? { status: 400, json: { error: 'invalid_grant' } }
						: unauthenticated(),
				down: () => error(503, 'Service Unavailable', 'Try again later.'),
			},
			headers: () => ({
				'x-ratelimit-limit': '500',
				'x-ratelimit-remaining': '499',
				'x-ratelimit-reset': '60',
			}),
			clear: () => {
				this.subscriptions.clear();
				this.invitees.clear();
				this.keys.clear();
			},
		});
	}

	/** n8n's credential; OAuth is still to be finished with its code. */
	credential(): NewCredential {
		return { type: 'calendlyOAuth2Api', data: { ...this.app }, code: this.tokens.consent() };
	}

	/**
	 * Somebody books: every subscription to `invitee.created` gets the signed event.
	 * @returns the invitee, and the statuses of the deliveries
	 */
	async book(booking: Booking): Promise<{ invitee: Invitee; statuses: number[] }> {
		const invitee = inviteePayload(booking);
		this.invitees.set(invitee.uri, invitee);
		return { invitee, statuses: await this.deliver('invitee.created', invitee) };
	}

	/** Somebody cancels. @param uri the invitee's */
	async cancel(uri: string, reason = ''): Promise<number[]> {
		const invitee = this.invitees.get(uri);
		if (!invitee) throw new Error(`There is no invitee ${uri}`);
		const cancellation = { canceled_by: invitee.name, reason, canceler_type: 'invitee' };
		return this.deliver('invitee.canceled', { ...invitee, status: 'canceled', cancellation });
	}

	/**
	 * Sends an event to all who subscribed to it.
	 * @param forge changes the signature's parts: another key, another time (Unix seconds), none at all
	 */
	async deliver(
		event: string,
		payload: object,
		forge: { key?: string; at?: number; unsigned?: boolean } = {},
	): Promise<number[]> {
		const body = JSON.stringify({
			event,
			created_at: new Date().toISOString(),
			created_by: USER,
			payload,
		});
		const wanted = [...this.subscriptions.values()].filter(
			({ events, state }) => state === 'active' && events.includes(event),
		);
		return Promise.all(
			wanted.map(async ({ uri, callback_url }) => {
				const key = forge.key ?? this.keys.get(uri);
				const at = forge.at ?? Math.floor(Date.now() / 1000);
				const signed = key && !forge.unsigned ? signature(key, body, at) : undefined;
				const status = await post(this.reach(callback_url), body, signed);
				// 410 tells Calendly that nobody listens any more.
				if (status === 410) this.subscriptions.delete(uri);
				return status;
			}),
		);
	}

	private authorize(request: ServiceRequest): Answer | undefined {
		const grant = this.tokens.grantOf(bearer(request));
		if (!grant) return unauthenticated();
		const isHooks = request.path.startsWith('/webhook_subscriptions');
		const access = request.method === 'GET' ? 'read' : 'write';
		const needed = isHooks ? `webhooks:${access}` : 'users:read';
		if (grant.scopes.includes(needed)) return undefined;
		return error(403, 'Permission Denied', 'You do not have permission to access this resource.');
	}

	private found(request: ServiceRequest): Subscription {
		const uri = `${API}/webhook_subscriptions/${request.params.uuid}`;
		return this.subscriptions.get(uri) ?? refuse(notFound());
	}

	/** The owner of a subscription or a list: our organization, and for the scope `user` our person. */
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

	private subscribe(request: ServiceRequest): Answer {
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
		if ([...this.subscriptions.values()].some(({ callback_url }) => callback_url === url)) {
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
		this.subscriptions.set(uri, resource);
		if (key) this.keys.set(uri, key);
		return { status: 201, json: { resource } };
	}

	private list(request: ServiceRequest): Answer {
		const { query } = request;
		const wrong = this.wrongOwner(query);
		if (wrong) return wrong;
		const count = Number(query.count ?? 20);
		if (!Number.isInteger(count) || count < 1 || count > 100) {
			return invalid(['count', 'must be between 1 and 100']);
		}
		const start = Number(query.page_token ?? 0);
		const all = [...this.subscriptions.values()].filter(({ scope }) => scope === query.scope);
		const collection = all.slice(start, start + count);
		const next_page_token = all.length > start + count ? String(start + count) : null;
		const pagination = { count: collection.length, next_page_token, next_page: null };
		return { status: 200, json: { collection, pagination } };
	}

	private token(request: ServiceRequest): Answer {
		const form = fieldsOf(request) as Record<string, string | undefined>;
		const { clientId, clientSecret } = clientOf(request);
		if (clientId !== this.app.clientId || clientSecret !== this.app.clientSecret) {
			return { status: 401, json: { error: 'invalid_client' } };
		}
		const isNew = form.grant_type === 'authorization_code' && this.tokens.redeem(form.code);
		const isKnown =
			form.grant_type === 'refresh_token' &&
			this.tokens.refreshed(form.refresh_token) !== undefined;
		if (!isNew && !isKnown) return { status: 400, json: { error: 'invalid_grant' } };
		if (isKnown) this.tokens.forget(form.refresh_token ?? '');
		const json = {
			access_token: this.tokens.issue(USER, SCOPES, 7200),
			refresh_token: this.tokens.issueRefresh(USER, SCOPES),
			token_type: 'Bearer',
			expires_in: 7200,
			scope: SCOPES.join(' '),
			owner: USER,
			organization: ORGANIZATION,
		};
		return { status: 200, json };
	}
}

const ME = {
	uri: USER,
	name: 'Front Desk',
	slug: 'front-desk',
	email: 'desk@spa.example',
	scheduling_url: 'https://calendly.com/front-desk',
	timezone: 'America/New_York',
	current_organization: ORGANIZATION,
	resource_type: 'User',
	created_at: '2026-01-01T00:00:00.000000Z',
	updated_at: '2026-01-01T00:00:00.000000Z',
};
