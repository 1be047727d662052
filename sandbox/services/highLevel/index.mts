/**
 * Stand-in for HighLevel (API v2): contacts with custom fields, tags, notes and tasks, and OAuth.
 *
 * Written from: apps/contacts.json and the custom fields of apps/locations.json of
 * github.com/GoHighLevel/highlevel-api-docs (commit 030b7de), "Get Access Token" and "Rate limits",
 * marketplace.gohighlevel.com/docs, excerpts read in 2026-11.
 * An unknown contact is 400: contacts.json knows no 404. The texts of 401 and 403 are those that users report.
 * Not imitated: opportunities, calendars, users, agencies, DND settings, checks of a custom field's type, advanced
 * search, the "Allow Duplicate Contact" setting (email first, then phone), the counting of requests
 * (use `fail('limited')`).
 */
import { bearer, fieldsOf, type Answer, type ServiceRequest } from '../shared/http.mts';
import { StandIn } from '../shared/service.mts';
import { clientOf, createOAuthApp, Tokens, type NewCredential } from '../shared/tokens.mts';
import { bookingBody, type Booking } from './booking.mts';
import { messagesOf, type Contact } from './contacts.mts';
import { gatewayError, highLevelError } from './errors.mts';
import { highLevelRoutes } from './routes.mts';
import { HighLevelStore } from './store.mts';

const VERSION = '2021-07-28';
const LOCATION = 'spa-location-1';
const WRITE = ['contacts.write', 'contacts.readonly', 'locations/customFields.readonly'];

export class HighLevel extends StandIn {
	readonly store: HighLevelStore;
	/** The scopes of future tokens. */
	scopes = WRITE;

	constructor(
		private readonly tokens = new Tokens('ghl-'),
		private readonly app = createOAuthApp('highlevel'),
	) {
		const store = new HighLevelStore(LOCATION);
		super({
			name: 'HighLevel',
			hosts: ['services.leadconnectorhq.com'],
			routes: [
				{ call: 'POST /oauth/token', auth: false, answer: (request) => this.token(request) },
				...highLevelRoutes(store),
			],
			errors: {
				authorize: (request) => this.authorize(request),
				invalid: (problems) => highLevelError(422, messagesOf(problems)),
				badJson: () => highLevelError(400, 'Unexpected token in JSON'),
				unknownRoute: ({ method, path }) => ({
					status: 404,
					json: { statusCode: 404, message: `Cannot ${method} ${path}`, error: 'Not Found' },
				}),
				limited: () => ({
					...gatewayError(429, 'Too Many Requests'),
					headers: { 'x-ratelimit-remaining': '0' },
				}),
				revoked: ({ path }) =>
					path.startsWith('/oauth')
						? { status: 400, json: { error: 'invalid_grant', error_description: 'Invalid grant' } }
						: gatewayError(401, 'Invalid JWT'),
				down: () => gatewayError(503, 'Service Unavailable'),
			},
			headers: () => ({
				'x-ratelimit-limit-daily': '200000',
				'x-ratelimit-daily-remaining': '199999',
				'x-ratelimit-interval-milliseconds': '10000',
				'x-ratelimit-max': '100',
				'x-ratelimit-remaining': '99',
			}),
			clear: () => store.clear(),
		});
		this.store = store;
	}

	/** n8n's credential. Its code must still complete OAuth. */
	credential(): NewCredential {
		const data = {
			...this.app,
			authUrl: 'https://marketplace.leadconnectorhq.com/oauth/chooselocation',
			scope: this.scopes.join(' '),
		};
		return { type: 'highLevelOAuth2Api', data, code: this.tokens.consent() };
	}

	/** Ends all access tokens, as after a day. Refresh tokens stay valid. */
	expireTokens(): void {
		this.tokens.expireAll();
	}

	/** The body that a workflow's Webhook action posts to n8n for a booking. It isn't signed. */
	booking(contact: Contact, booking: Booking): Record<string, unknown> {
		return bookingBody(contact, this.store.customFields, booking);
	}

	private authorize(request: ServiceRequest): Answer | undefined {
		const grant = this.tokens.grantOf(bearer(request));
		if (!grant) return gatewayError(401, 'Invalid JWT');
		const { version } = request.headers;
		if (version === undefined) return gatewayError(401, 'version header was not found.');
		if (version !== VERSION) return gatewayError(401, 'version header is invalid.');
		const isRead = request.method === 'GET';
		const needed = request.path.startsWith('/locations')
			? 'locations/customFields.readonly'
			: `contacts.${isRead ? 'readonly' : 'write'}`;
		return grant.scopes.includes(needed)
			? undefined
			: gatewayError(401, 'The token is not authorized for this scope.');
	}

	private token(request: ServiceRequest): Answer {
		const form = fieldsOf(request) as Record<string, string | undefined>;
		const invalid = (error_description: string): Answer => ({
			status: 400,
			json: { error: 'invalid_grant', error_description },
		});
		const { clientId, clientSecret } = clientOf(request);
		if (form.grant_type !== 'authorization_code' && form.grant_type !== 'refresh_token') {
			return highLevelError(422, ['grant_type must be a valid enum value']);
		}
		if (clientId !== this.app.clientId || clientSecret !== this.app.clientSecret) {
			return { status: 401, json: { error: 'UnAuthorized!', error_description: 'Invalid client' } };
		}
		if (form.grant_type === 'authorization_code') {
			if (!this.tokens.redeem(form.code))
				return invalid('Invalid grant: authorization code is invalid');
			return this.grant(this.scopes);
		}
		const old = this.tokens.refreshed(form.refresh_token);
		if (!old) return invalid('Invalid grant: refresh token is invalid');
		// Each refresh token works once. The answer has the next one.
		this.tokens.forget(form.refresh_token ?? '');
		return this.grant(old.scopes);
	}

	private grant(scopes: string[]): Answer {
		const json = {
			access_token: this.tokens.issue(LOCATION, scopes, 86_399),
			token_type: 'Bearer',
			expires_in: 86_399,
			refresh_token: this.tokens.issueRefresh(LOCATION, scopes),
			scope: scopes.join(' '),
			userType: 'Location',
			locationId: LOCATION,
			companyId: 'spa-company-1',
			userId: 'user-1',
		};
		return { status: 200, json };
	}
}
