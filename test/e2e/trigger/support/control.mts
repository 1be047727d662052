import axios, { type AxiosInstance } from 'axios';
import { Control } from '../../../../sandbox/demo/control.mts';
import type { Delivery } from '../../../../sandbox/simulator/index.mts';

/** The simulator's control API, with calls that only the tests of the triggers use. */
export class TriggerControl extends Control {
	private readonly more: AxiosInstance;

	constructor(controlUrl: string) {
		super(controlUrl);
		this.more = axios.create({ baseURL: controlUrl, proxy: false, timeout: 60_000 });
	}

	/** The setting of the Client Portal. Null removes the URL. */
	async registerInPortal(key: string, url: string | null): Promise<void> {
		await this.more.put('/webhooks', { key, url });
	}

	/** Changes a visit as staff or the provider would, without a webhook. */
	async change(gfeId: string, visit: object): Promise<void> {
		await this.more.patch(`/visits/${gfeId}`, visit);
	}

	/** Sends a delivery again with the same bytes. @returns it with every attempt so far */
	async redeliver(id: string): Promise<Delivery> {
		return (await this.more.post<Delivery>(`/deliveries/${id}/redeliver`, {})).data;
	}
}
