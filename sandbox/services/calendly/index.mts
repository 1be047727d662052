/**
 * Stand-in for Calendly: webhook subscriptions and their signed deliveries, and OAuth.
 *
 * Written from: "Webhooks" overview, "Webhook signatures", "Create / List / Get / Delete Webhook Subscription",
 * "Get current user" and "Errors", developer.calendly.com, excerpts read in 2026-11. Not imitated: plans, repeats of a
 * failed delivery, no-shows, routing forms, groups. For an OAuth app, Calendly documents its own signing key.
 * n8n's node sends a key with the subscription, and the stand-in signs deliveries with that one.
 */
import { bearer, fieldsOf, type Answer, type ServiceRequest } from '../shared/http.mts';
import { StandIn } from '../shared/service.mts';
import { clientOf, createOAuthApp, Tokens, type NewCredential } from '../shared/tokens.mts';
import { describe, error, invalid, notFound, unauthenticated } from './errors.mts';
import { ME, ORGANIZATION, USER } from './me.mts';
import { Subscriptions, type Subscription } from './subscriptions.mts';
import { inviteePayload, post, signature, type Booking, type Invitee } from './delivery.mts';

const SCOPES = ['users:read', 'webhooks:read', 'webhooks:write', 'scheduled_events:read'];

export class Calendly extends StandIn {
	/** Invitees by URI. */
	readonly invitees = new Map<string, Invitee>();
	private readonly hooks = new Subscriptions();

	/** @param reach the real address behind a public one */
	constructor(
		private readonly reach: (url: string) => string = (url) => url,
		private readonly tokens = new Tokens('cal-'),
		private readonly app = createOAuthApp('calendly'),
	) {
		const path = '/webhook_subscriptions';
		super({
			name: 'Calendly',
			hosts: ['api.calendly.com', 'auth.calendly.com'],
			routes: [
				{ call: 'POST /oauth/token', auth: false, answer: (request) => this.token(request) },
				{ call: 'GET /users/me', answer: () => ({ status: 200, json: { resource: ME } }) },
				{
					call: `POST ${path}`,
					body: {
						url: 'text!',
						events: 'strings!',
						organization: 'text!',
						scope: 'text!',
						user: 'string',
						signing_key: 'string',
					},
					answer: (request) => this.hooks.add(request),
				},
				{
					call: `GET ${path}`,
					query: { organization: 'text!', scope: 'text!' },
					answer: (request) => this.hooks.list(request),
				},
				{
					call: `GET ${path}/{uuid}`,
					answer: (request) => ({ status: 200, json: { resource: this.hooks.found(request) } }),
				},
				{
					call: `DELETE ${path}/{uuid}`,
					answer: (request) => {
						this.hooks.all.delete(this.hooks.found(request).uri);
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
				this.hooks.clear();
				this.invitees.clear();
			},
		});
	}

	/** The subscriptions by URI. */
	get subscriptions(): ReadonlyMap<string, Subscription> {
		return this.hooks.all;
	}

	/** n8n's credential. Its code must still complete OAuth. */
	credential(): NewCredential {
		return { type: 'calendlyOAuth2Api', data: { ...this.app }, code: this.tokens.consent() };
	}

	/**
	 * Makes a booking. Every subscription to `invitee.created` gets the signed event.
	 * @returns the invitee, and the statuses of the deliveries
	 */
	async book(booking: Booking): Promise<{ invitee: Invitee; statuses: number[] }> {
		const invitee = inviteePayload(booking);
		this.invitees.set(invitee.uri, invitee);
		return { invitee, statuses: await this.deliver('invitee.created', invitee) };
	}

	/** Cancels a booking. @param uri the invitee's */
	async cancel(uri: string, reason = ''): Promise<number[]> {
		const invitee = this.invitees.get(uri);
		if (!invitee) throw new Error(`There is no invitee ${uri}`);
		const cancellation = { canceled_by: invitee.name, reason, canceler_type: 'invitee' };
		return this.deliver('invitee.canceled', { ...invitee, status: 'canceled', cancellation });
	}

	/**
	 * Sends an event to all of its subscriptions.
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
		const wanted = [...this.hooks.all.values()].filter(
			({ events, state }) => state === 'active' && events.includes(event),
		);
		return Promise.all(
			wanted.map(async ({ uri, callback_url }) => {
				const key = forge.key ?? this.hooks.keyOf(uri);
				const at = forge.at ?? Math.floor(Date.now() / 1000);
				const signed = key && !forge.unsigned ? signature(key, body, at) : undefined;
				const status = await post(this.reach(callback_url), body, signed);
				// 410 tells Calendly to remove the subscription.
				if (status === 410) this.hooks.all.delete(uri);
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
