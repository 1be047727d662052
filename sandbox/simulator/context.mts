import type { LinkSigner } from './links.mts';
import type { Lists } from './lists.mts';
import type { Store } from './store.mts';
import type { ApiReply, KeySeed } from './types.mts';

/** The input of the handlers of API operations. */
export interface Services {
	store: Store;
	links: LinkSigner;
	lists: Lists;
	/** The API origin, for intake links. Set once the server listens. */
	apiUrl: () => string;
}

/** A validated, authenticated request. */
export interface Call extends Services {
	key: KeySeed;
	params: Record<string, string>;
	query: Record<string, string | undefined>;
	/** Validated against the description. Each handler declares the type it expects. */
	body: unknown;
}

export type Handler = (call: Call) => ApiReply;
