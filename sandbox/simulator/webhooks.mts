import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import axios, { isAxiosError } from 'axios';
import type { LinkSigner } from './links.mts';
import { showWebhookData } from './present.mts';
import { newId, type Store } from './store.mts';
import type { Attempt, Delivery, Visit } from './types.mts';

/** An arbitrary delivery from the control API. */
export interface CustomDelivery {
	key: string;
	/** Default: the URL registered for the key. */
	url?: string;
	/** A string is sent unchanged, an object as JSON. */
	body?: unknown;
	headers?: Record<string, string>;
	/** Default "valid". Any other text is sent as the signature itself. */
	signature?: string;
	encoding?: 'gzip';
}

/** Lower-case hex HMAC-SHA256 of the body's bytes, keyed with the API key. */
export function sign(body: string, key: string): string {
	return createHmac('sha256', key).update(body, 'utf8').digest('hex');
}

/** Sends webhooks, tries again as configured and remembers every attempt. */
export class Webhooks {
	private readonly timers = new Set<NodeJS.Timeout>();
	private running = new AbortController();

	constructor(
		private readonly store: Store,
		private readonly links: LinkSigner,
		/** The real address behind a registered one. Default: the same. */
		private readonly reach: (url: string) => string = (url) => url,
	) {}

	/** Forgets pending redeliveries and ends running ones. */
	stop(): void {
		for (const timer of this.timers) clearTimeout(timer);
		this.timers.clear();
		this.running.abort();
		this.running = new AbortController();
	}

	/**
	 * Sends visit.completed to every key that gets the location's events and has a URL: EMR keys when
	 * subscribed, Client keys always. It doesn't wait for the answers.
	 * @param gathered if false, the webhook says success: false and has only IDs and status
	 * @returns the IDs of the deliveries
	 */
	completed(visit: Visit, gathered: boolean): string[] {
		const now = Date.now();
		const ids: string[] = [];
		for (const [key, registration] of this.store.webhooks) {
			const seed = this.store.keys.get(key);
			const wanted =
				seed?.kind === 'client'
					? seed.locations.includes(visit.location_id)
					: this.store.subscriptions.get(key)?.has(visit.location_id);
			if (!seed || !wanted) continue;
			const lens = { kind: seed.kind, settings: this.store.settings, links: this.links, now };
			const data = showWebhookData(visit, lens, gathered);
			const body = JSON.stringify({
				event: 'visit.completed',
				timestamp: now,
				success: gathered,
				data,
			});
			const delivery = this.record(key, registration.url, body, this.headers(key, body));
			ids.push(delivery.id);
			void this.attempt(delivery);
		}
		return ids;
	}

	/** Sends one arbitrary delivery and waits for the answer. It is not tried again. */
	async custom(request: CustomDelivery & { url: string }): Promise<Delivery> {
		const { body: given = {}, signature = 'valid' } = request;
		const body = typeof given === 'string' ? given : JSON.stringify(given);
		const headers = this.headers(request.key, body);
		if (signature === 'missing') delete headers['X-Signature'];
		else if (signature === 'wrong') headers['X-Signature'] = sign(body, `not-${request.key}`);
		else if (signature !== 'valid') headers['X-Signature'] = signature;
		if (request.encoding === 'gzip') headers['Content-Encoding'] = 'gzip';
		const all = { ...headers, ...request.headers };
		const delivery = this.record(request.key, request.url, body, all);
		await this.attempt(delivery, false);
		return delivery;
	}

	/** Sends a delivery again with the same bytes. With `newTimestamp`, it gets a new time and signature. */
	async redeliver(delivery: Delivery, newTimestamp: boolean): Promise<Delivery> {
		if (newTimestamp) {
			// Always later than before, even within one millisecond.
			const before = JSON.parse(delivery.body) as { timestamp?: number };
			const timestamp = Math.max(Date.now(), (before.timestamp ?? 0) + 1);
			delivery.body = JSON.stringify({ ...before, timestamp });
			delivery.headers['X-Signature'] = sign(delivery.body, delivery.key);
		}
		await this.attempt(delivery, false);
		return delivery;
	}

	private headers(key: string, body: string): Record<string, string> {
		const secret = this.store.webhooks.get(key)?.secret;
		return {
			'Content-Type': 'application/json',
			'User-Agent': 'Spakinect-Webhook/1.0',
			'X-Signature': sign(body, key),
			...(secret ? { 'X-Webhook-Secret': secret } : {}),
		};
	}

	private record(
		key: string,
		url: string,
		body: string,
		headers: Record<string, string>,
	): Delivery {
		const { event = null, gfe_id = null } = readIds(body);
		const id = `dlv_${newId()}`;
		const attempts: Attempt[] = [];
		const delivery = { id, key, url, event, gfe_id, body, headers, attempts, acknowledged: false };
		this.store.deliveries.push(delivery);
		return delivery;
	}

	private async attempt(delivery: Delivery, again = true): Promise<void> {
		const { signal } = this.running;
		const attempt = await this.post(delivery, signal);
		delivery.attempts.push(attempt);
		if (attempt.status !== null && attempt.status >= 200 && attempt.status < 300) {
			delivery.acknowledged = true;
		}
		const delay = this.store.settings.webhookRetryDelaysMs[delivery.attempts.length - 1];
		if (!again || delivery.acknowledged || delay === undefined || signal.aborted) return;
		const timer = setTimeout(() => {
			this.timers.delete(timer);
			void this.attempt(delivery);
		}, delay);
		timer.unref();
		this.timers.add(timer);
	}

	private async post(delivery: Delivery, signal: AbortSignal): Promise<Attempt> {
		const at = new Date().toISOString();
		const started = performance.now();
		const ms = () => Math.round(performance.now() - started);
		const bytes = Buffer.from(delivery.body, 'utf8');
		const { webhookTimeoutMs } = this.store.settings;
		try {
			const response = await axios.request<string>({
				url: this.reach(delivery.url),
				method: 'POST',
				headers: delivery.headers,
				data: delivery.headers['Content-Encoding'] === 'gzip' ? gzipSync(bytes) : bytes,
				signal: AbortSignal.any([signal, AbortSignal.timeout(webhookTimeoutMs)]),
				responseType: 'text',
				transformResponse: [],
				maxRedirects: 0,
				proxy: false,
				validateStatus: () => true,
			});
			const body = response.data.slice(0, 10_000);
			return { at, status: response.status, body, ms: ms(), error: null };
		} catch (error) {
			const code = isAxiosError(error) ? error.code : 'unknown';
			const text = code === 'ERR_CANCELED' ? `no answer within ${webhookTimeoutMs} ms` : code;
			return { at, status: null, body: null, ms: ms(), error: text ?? 'unknown' };
		}
	}
}

function readIds(body: string): { event?: string; gfe_id?: string } {
	try {
		const parsed = JSON.parse(body) as { event?: string; data?: { gfe_id?: string } } | null;
		return { event: parsed?.event, gfe_id: parsed?.data?.gfe_id };
	} catch {
		return {};
	}
}
