import type { Delivery } from '../../../sandbox/simulator/index.mts';
import type { World } from './world.mts';

/** The simulator's control API for webhooks. */
export class Deliveries {
	constructor(private readonly world: World) {}

	/** Sends an arbitrary delivery and returns the receiver's answer. */
	send = async (body: object) => await this.call<Delivery>('POST', '/deliveries', body);

	redeliver = async (id: string, newTimestamp: boolean) =>
		await this.call<Delivery>('POST', `/deliveries/${id}/redeliver`, { newTimestamp });

	/** Sets the URL of a key, as another product or the portal would. */
	setUrl = async (key: string, url: string) => await this.call('PUT', '/webhooks', { key, url });

	urlOf = async (key: string) => (await this.world.control.state()).webhooks[key];

	/** Completes a visit with its webhook, and waits until the receiver has answered. */
	async complete(id: string, options: object = {}): Promise<Delivery[]> {
		await this.world.control.complete(id, { deliver: true, ...options });
		for (;;) {
			const all = await this.call<Delivery[]>('GET', '/deliveries');
			if (all.every(({ attempts }) => attempts.length > 0)) return all;
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
	}

	private async call<T>(method: string, path: string, body?: object): Promise<T> {
		const response = await fetch(this.world.sim.controlUrl + path, {
			method,
			...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
		});
		if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
		return (await response.json()) as T;
	}
}
