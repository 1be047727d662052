/** The two kinds of API key that Spakinect hands out; they reach different APIs. */
export type KeyKind = 'emr' | 'client';

const CREDENTIAL_NAMES: Record<KeyKind, string> = {
	emr: 'spakinectApi',
	client: 'spakinectClientApi',
};

/** The n8n credential type that holds a key of this kind. */
export const credentialName = (kind: KeyKind): string => CREDENTIAL_NAMES[kind];
