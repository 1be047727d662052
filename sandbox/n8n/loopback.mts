import { Agent } from 'node:http';
import axios, { type AxiosInstance } from 'axios';

/**
 * An axios for the sandbox's own servers on loopback. It never uses the machine's proxy, and it opens a new
 * connection per request. A busy server may close a kept connection just when the next request is written,
 * which fails with "socket hang up" although nothing is wrong.
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
