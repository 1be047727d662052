import { sign, type KeyObject } from 'node:crypto';
import { SERVICE_ACCOUNT } from '../../sandbox/services/google/account.mts';
import { at, type Bench, type Reply } from './support.mts';

export const TOKEN_URL = 'https://oauth2.googleapis.com/token';
const SHEETS_SCOPE = 'https://www.googleapis.com/auth/spreadsheets';
const DRIVE_SCOPE = 'https://www.googleapis.com/auth/drive';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A signed assertion in n8n's form. `claims` and `header` replace parts of it. */
export const assertion = (key: KeyObject, claims: object = {}, header: object = {}): string => {
	const iat = Math.floor(Date.now() / 1000);
	const head = part({ typ: 'JWT', alg: 'RS256', ...header });
	const body = part({
		iss: SERVICE_ACCOUNT,
		sub: SERVICE_ACCOUNT,
		scope: `${SHEETS_SCOPE} ${DRIVE_SCOPE}`,
		aud: TOKEN_URL,
		iat,
		exp: iat + 3600,
		...claims,
	});
	const signature = sign('sha256', Buffer.from(`${head}.${body}`), key).toString('base64url');
	return `${head}.${body}.${signature}`;
};

export const trade = (bench: Bench, jwt: string): Promise<Reply> => {
	const grant_type = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
	return bench.send('POST', TOKEN_URL, { form: { grant_type, assertion: jwt } });
};

/** An access token of the service account. */
export const serviceToken = async (bench: Bench, claims: object = {}): Promise<string> => {
	const reply = await trade(bench, assertion(bench.google.privateKey, claims));
	expect(reply.status).toBe(200);
	return String(at(reply, 'access_token'));
};

/** Tokens of the person, by the code of a consent. */
export const personTokens = async (bench: Bench): Promise<{ access: string; refresh: string }> => {
	const { code, data } = bench.google.signedIn('googleDriveOAuth2Api');
	const { clientId, clientSecret } = data as Record<string, string>;
	const form = {
		grant_type: 'authorization_code',
		code: code!,
		client_id: clientId!,
		client_secret: clientSecret!,
	};
	const reply = await bench.send('POST', TOKEN_URL, { form });
	return { access: String(at(reply, 'access_token')), refresh: String(at(reply, 'refresh_token')) };
};
