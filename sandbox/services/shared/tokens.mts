import { randomBytes } from 'node:crypto';
import { type ServiceRequest } from './http.mts';

/** An OAuth app that a user registers with the vendor. */
interface OAuthApp {
	clientId: string;
	clientSecret: string;
}

/** A credential to create in n8n. With a `code`, OAuth must still be completed. See `connect.mts`. */
export interface NewCredential {
	type: string;
	data: Record<string, unknown>;
	/** The code that the vendor's consent page would send back to n8n. It works once. */
	code?: string;
}

export const createOAuthApp = (name: string): OAuthApp => ({
	clientId: `${name}-client`,
	clientSecret: `${name}-secret`,
});

/** The client's id and secret, from the body or from HTTP Basic. */
export const clientOf = (
	request: ServiceRequest,
): { clientId: string | undefined; clientSecret: string | undefined } => {
	const basic = /^Basic (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
	if (basic) {
		const [clientId, clientSecret] = Buffer.from(basic, 'base64').toString().split(':');
		return { clientId, clientSecret };
	}
	const form = (request.body ?? {}) as Record<string, string | undefined>;
	return { clientId: form.client_id, clientSecret: form.client_secret };
};

export interface Grant {
	subject: string;
	scopes: string[];
	/** Unix milliseconds. */
	expires: number;
}

/** The access and refresh tokens that a vendor has issued. */
export class Tokens {
	private readonly access = new Map<string, Grant>();
	private readonly refresh = new Map<string, Omit<Grant, 'expires'>>();
	private readonly codes = new Set<string>();

	constructor(private readonly prefix: string) {}

	issue(subject: string, scopes: string[], seconds = 3599): string {
		const token = `${this.prefix}${randomBytes(12).toString('hex')}`;
		this.access.set(token, { subject, scopes, expires: Date.now() + seconds * 1000 });
		return token;
	}

	issueRefresh(subject: string, scopes: string[]): string {
		const token = `${this.prefix}refresh-${randomBytes(12).toString('hex')}`;
		this.refresh.set(token, { subject, scopes });
		return token;
	}

	/** The grant of a token that is known and hasn't expired. */
	grantOf(token: string | undefined): Grant | undefined {
		const grant = token === undefined ? undefined : this.access.get(token);
		return grant && grant.expires > Date.now() ? grant : undefined;
	}

	refreshed(token: string | undefined): Omit<Grant, 'expires'> | undefined {
		return token === undefined ? undefined : this.refresh.get(token);
	}

	/** Revokes a refresh token, because some vendors let each be used only once. */
	forget(token: string): void {
		this.refresh.delete(token);
	}

	/** A user's consent: the code that n8n exchanges for tokens. */
	consent(): string {
		const code = `${this.prefix}code-${randomBytes(6).toString('hex')}`;
		this.codes.add(code);
		return code;
	}

	/** Whether the code was given and is used for the first time. */
	redeem(code: string | undefined): boolean {
		return code !== undefined && this.codes.delete(code);
	}

	/** Ends all access tokens now. Refresh tokens stay valid. */
	expireAll(): void {
		for (const grant of this.access.values()) grant.expires = 0;
	}

	/** Revokes everything, as if the user had removed the app. */
	revokeAll(): void {
		this.access.clear();
		this.refresh.clear();
	}
}
