import { readFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { connect as startTls } from 'node:tls';
import { startServices, type Services } from '../../sandbox/services/index.mts';

// Making certificates takes seconds on a busy machine.
jest.setTimeout(180_000);

export interface Reply {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	/** The body as JSON, or as text if it isn't JSON. */
	data: unknown;
}

export interface Sending {
	headers?: Record<string, string>;
	json?: unknown;
	form?: Record<string, string>;
	bytes?: Buffer;
	token?: string;
}

/** The stand-ins, with a client that connects as n8n does: CONNECT, then TLS with the proxy's authority. */
export interface Bench extends Services {
	send(method: string, url: string, sending?: Sending): Promise<Reply>;
}

const tunnel = (proxyUrl: string, host: string): Promise<Socket> =>
	new Promise((resolve, reject) => {
		const request = httpRequest(`${proxyUrl}/`, { method: 'CONNECT', path: `${host}:443` });
		request.once('connect', (response, socket) =>
			response.statusCode === 200 ? resolve(socket) : reject(new Error('no tunnel')),
		);
		request.once('error', reject).end();
	});

const parsed = (text: string): unknown => {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
};

const replyOf = async (response: IncomingMessage): Promise<Reply> => {
	const chunks: Buffer[] = [];
	for await (const chunk of response) chunks.push(chunk as Buffer);
	const data = parsed(Buffer.concat(chunks).toString());
	return { status: response.statusCode ?? 0, headers: response.headers, data };
};

const encode = ({ json, form, bytes }: Sending): { body?: Buffer; type?: string } => {
	if (json !== undefined) {
		return { body: Buffer.from(JSON.stringify(json)), type: 'application/json' };
	}
	if (!form) return bytes ? { body: bytes } : {};
	const type = 'application/x-www-form-urlencoded';
	return { body: Buffer.from(new URLSearchParams(form).toString()), type };
};

const sender =
	(services: Services): Bench['send'] =>
	async (method, url, sending = {}) => {
		const { hostname: host, pathname, search } = new URL(url);
		const plain = await tunnel(services.proxyUrl, host);
		const socket = startTls({
			socket: plain,
			servername: host,
			ca: readFileSync(services.caFile),
		});
		const { body, type } = encode(sending);
		const headers = {
			host,
			...(type && { 'content-type': type }),
			...(body && { 'content-length': String(body.length) }),
			...(sending.token && { authorization: `Bearer ${sending.token}` }),
			...sending.headers,
		};
		return await new Promise((resolve, reject) => {
			// The socket already uses TLS, so the request on it is a plain one.
			const options = { method, path: pathname + search, headers, createConnection: () => socket };
			const request = httpRequest(options, (response) => {
				resolve(replyOf(response).finally(() => socket.destroy()));
			});
			socket.once('error', reject);
			request.once('error', reject).end(body);
		});
	};

export const startBench = async (): Promise<Bench> => {
	const services = await startServices();
	return { ...services, send: sender(services) };
};

/** A part of a reply's body, by path, e.g. `at(reply, 'error', 'message')`. */
export const at = (reply: Reply, ...path: Array<string | number>): unknown =>
	path.reduce<unknown>(
		(value, key) => (value as Record<string, unknown> | undefined)?.[key],
		reply.data,
	);
