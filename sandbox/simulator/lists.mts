import type { LinkSigner } from './links.mts';
import { hasPdf, showVisit } from './present.mts';
import type { Store } from './store.mts';
import type { ApiKind, ApiReply, Visit } from './types.mts';

interface Cached {
	revision: number;
	/** Unix milliseconds until which the text may be served, because links expire and PDFs appear later. */
	validUntil: number;
	text: string;
}

/**
 * The serialized lists of visits, kept until something changes. A list with PDF links is kept for at most a
 * quarter of their lifetime, so that a served link is valid for most of it.
 */
export class Lists {
	private readonly cache = new Map<string, Cached>();

	constructor(
		private readonly store: Store,
		private readonly links: LinkSigner,
	) {}

	/**
	 * @param name identifies the list (API and location or key)
	 * @param visits used only if the list must be built again
	 * @param head the fields before count and gfes
	 */
	reply(name: string, kind: ApiKind, visits: () => readonly Visit[], head: object): ApiReply {
		const now = Date.now();
		const known = this.cache.get(name);
		if (known && known.revision === this.store.revision && now < known.validUntil) {
			return { status: 200, body: undefined, text: known.text };
		}
		const list = visits();
		const { settings, revision } = this.store;
		const lens = { kind, settings, links: this.links, now };
		const gfes = list.map((visit) => showVisit(visit, lens));
		const body = { ...head, count: gfes.length, gfes };
		const text = JSON.stringify(body);
		this.cache.set(name, { revision, validUntil: this.expiry(list, now), text });
		return { status: 200, body, text, unchecked: list.some((visit) => visit.hand_edited) };
	}

	private expiry(visits: readonly Visit[], now: number): number {
		let until = Infinity;
		for (const visit of visits) {
			if (hasPdf(visit, now)) until = Math.min(until, now + this.store.settings.linkTtlMs / 4);
			else if (visit.pdf_ready_at !== null) until = Math.min(until, visit.pdf_ready_at);
		}
		return until;
	}
}
