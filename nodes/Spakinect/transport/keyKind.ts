/** The two kinds of Spakinect API key. Each works with its own API. */
export type KeyKind = 'emr' | 'client';

const CREDENTIAL_NAMES: Record<KeyKind, string> = {
	emr: 'spakinectApi',
	client: 'spakinectClientApi',
};

/** The n8n credential type that holds a key of this kind. */
export const credentialName = (kind: KeyKind): string => CREDENTIAL_NAMES[kind];
