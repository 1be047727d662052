/**
 * Stand-in for Google's token endpoint and its permissions.
 *
 * Written from: excerpts of "Using OAuth 2.0 for Server to Server Applications" (HTTP/REST) and "Using OAuth
 * 2.0 for Web Server Applications", developers.google.com/identity/protocols/oauth2, excerpts read in 2026-11. The error
 * bodies are as Google's client libraries and their users report them. Not imitated: domain-wide delegation
 * (`sub` must be the service account), the consent page, ID tokens, the limit on the number of refresh tokens.
 */
import {
	generateKeyPairSync,
	verify,
	type KeyObject,
	type KeyPairKeyObjectResult,
} from 'node:crypto';
import { isObject, type Values } from '../shared/fields.mts';
import { bearer, fieldsOf, type Answer, type ServiceRequest } from '../shared/http.mts';
import { StandIn } from '../shared/service.mts';
import {
	clientOf,
	createOAuthApp,
	Tokens,
	type Grant,
	type NewCredential,
} from '../shared/tokens.mts';

const AUDIENCE = 'https://oauth2.googleapis.com/token';
const JWT_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const SCOPE = /^https:\/\/(www\.googleapis\.com\/auth\/[\w.]+|mail\.google\.com\/)$/;
/** Google allows a clock that is slightly ahead. */
const SKEW_SECONDS = 300;

export const SERVICE_ACCOUNT = 'robot@spa-project.iam.gserviceaccount.com';
export const USER = 'owner@spa.example';

const error = (status: number, name: string, error_description: string): Answer => ({
	status,
	json: { error: name, error_description },
});

const decode = (part: string | undefined): Values => {
	try {
		const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString());
		return isObject(value) ? value : {};
	} catch {
		return {};
	}
};

/** The one Google account of the sandbox: a service account with its key, and a person who signed in. */
export class GoogleAccount extends StandIn {
	/** Of the service account. */
	private pair?: KeyPairKeyObjectResult;

	constructor(
		private readonly tokens = new Tokens('ya29.'),
		private readonly app = createOAuthApp('google'),
	) {
		super({
			name: 'Google sign-in',
			hosts: ['oauth2.googleapis.com'],
			routes: [{ call: 'POST /token', auth: false, answer: (request) => this.token(request) }],
			errors: {
				authorize: () => undefined,
				invalid: () => error(400, 'invalid_request', 'Bad Request'),
				badJson: () => error(400, 'invalid_request', 'Bad Request'),
				unknownRoute: () => ({ status: 404, bytes: Buffer.from('Not Found') }),
				limited: () => error(429, 'rate_limit_exceeded', 'Rate Limit Exceeded'),
				revoked: () => error(400, 'invalid_grant', 'Token has been expired or revoked.'),
				down: () => error(503, 'backend_error', 'Backend Error'),
			},
			clear: () => undefined,
		});
	}

	/** n8n's credential of the service account, for Google Sheets, its trigger and Google Drive. */
	serviceAccount(): NewCredential {
		const privateKey = this.keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
		return {
			type: 'googleApi',
			data: {
				email: SERVICE_ACCOUNT,
				privateKey,
				region: 'us-central1',
				inpersonate: false,
				httpNode: false,
			},
		};
	}

	/** n8n's credential of the person, e.g. `googleDriveOAuth2Api` or `googleSheetsTriggerOAuth2Api`. */
	signedIn(type: string): NewCredential {
		return { type, data: { ...this.app }, code: this.tokens.consent() };
	}

	/** Made on first use, because it takes a while and most tests sign in as the person. */
	private get keys(): KeyPairKeyObjectResult {
		return (this.pair ??= generateKeyPairSync('rsa', { modulusLength: 2048 }));
	}

	/** The private key with which an assertion is signed. */
	get privateKey(): KeyObject {
		return this.keys.privateKey;
	}

	grantOf(request: ServiceRequest): Grant | undefined {
		return this.tokens.grantOf(bearer(request));
	}

	expireTokens(): void {
		this.tokens.expireAll();
	}

	/** Ends both kinds of access: the person revoked the consent, and the service account was removed. */
	revokeTokens(): void {
		this.tokens.revokeAll();
	}

	private token(request: ServiceRequest): Answer {
		const form = fieldsOf(request) as Record<string, string | undefined>;
		if (form.grant_type === undefined) {
			return error(400, 'invalid_request', 'Missing required parameter: grant_type');
		}
		if (form.grant_type === JWT_GRANT) return this.fromAssertion(form.assertion);
		const { clientId, clientSecret } = clientOf(request);
		const knowsClient = clientId === this.app.clientId && clientSecret === this.app.clientSecret;
		if (!knowsClient) return error(401, 'invalid_client', 'The OAuth client was not found.');
		if (form.grant_type === 'refresh_token') return this.refresh(form.refresh_token);
		if (form.grant_type !== 'authorization_code') {
			return error(400, 'unsupported_grant_type', `Invalid grant_type: ${form.grant_type}`);
		}
		if (!this.tokens.redeem(form.code)) return error(400, 'invalid_grant', 'Malformed auth code.');
		const scopes = [
			'https://www.googleapis.com/auth/drive',
			'https://www.googleapis.com/auth/spreadsheets',
		];
		return this.grant(USER, scopes, { refresh_token: this.tokens.issueRefresh(USER, scopes) });
	}

	private refresh(token: string | undefined): Answer {
		const grant = this.tokens.refreshed(token);
		if (!grant) return error(400, 'invalid_grant', 'Token has been expired or revoked.');
		return this.grant(grant.subject, grant.scopes);
	}

	private fromAssertion(assertion: string | undefined): Answer {
		if (!assertion) return error(400, 'invalid_request', 'Missing required parameter: assertion');
		const [header, claims, signature] = assertion.split('.');
		const { alg } = decode(header);
		const { iss, sub, aud, exp, iat, scope } = decode(claims);
		const now = Date.now() / 1000;
		if (iss !== SERVICE_ACCOUNT) {
			return error(400, 'invalid_grant', 'Invalid grant: account not found');
		}
		const signed = Buffer.from(`${header}.${claims}`);
		const isOurs =
			alg === 'RS256' &&
			verify('sha256', signed, this.keys.publicKey, Buffer.from(signature ?? '', 'base64url'));
		if (!isOurs) return error(400, 'invalid_grant', 'Invalid JWT Signature.');
		if (aud !== AUDIENCE) {
			return error(400, 'invalid_grant', 'Invalid JWT: Failed audience check.');
		}
		const from = Number(iat);
		const until = Number(exp);
		const isFresh = from <= now + SKEW_SECONDS && until > now - SKEW_SECONDS;
		if (!isFresh || !(until - from <= 3600)) {
			const text =
				'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.';
			return error(400, 'invalid_grant', text);
		}
		if (sub !== undefined && sub !== iss) {
			const text =
				'Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.';
			return error(401, 'unauthorized_client', text);
		}
		const scopes = typeof scope === 'string' ? scope.split(' ') : [];
		if (!scopes.every((one) => SCOPE.test(one)) || scopes.length === 0) {
			return error(400, 'invalid_scope', 'Invalid OAuth scope or ID token audience provided.');
		}
		return this.grant(SERVICE_ACCOUNT, scopes);
	}

	private grant(subject: string, scopes: string[], more: Values = {}): Answer {
		return {
			status: 200,
			json: {
				access_token: this.tokens.issue(subject, scopes),
				expires_in: 3599,
				token_type: 'Bearer',
				scope: scopes.join(' '),
				...more,
			},
		};
	}
}
