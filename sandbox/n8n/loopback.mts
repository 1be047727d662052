import { Agent } from 'node:http';
import axios, { type AxiosInstance } from 'axios';

/**
 * An axios for our own servers on loopback: never through the machine's proxy, and a new connection per
 * request. A kept one may be closed by a busy server just as the next request is written to it, which
 * shows as "socket hang up" although nothing is wrong.
 */
export const loopbackAxios = (baseURL: string, timeoutMs: number): AxiosInstance =>
	axios.create({
		baseURL,
		proxy: false,
		timeout: timeoutMs,
		maxContentLength: Infinity,
		maxBodyLength: Infinity,
		httpAgent: new Agent({ keepAlive: false }),
	});
