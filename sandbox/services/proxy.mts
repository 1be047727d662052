import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateCACertificate, getLocal, type CompletedRequest } from 'mockttp';
import { freePort } from '../n8n/ports.mts';
import { decodeBody, type Answer, type ServiceRequest } from './shared/http.mts';

/** n8n calls its own server at each start, which isn't a mistake of a workflow. */
const N8N_HOST = 'api.n8n.io';

/** A request that came through the proxy. Kept in memory only, for assertions. */
export interface Call {
	/** The stand-in's name. `undefined` if no stand-in has this address and the request was refused. */
	service: string | undefined;
	/** e.g. `POST https://slack.com/api/chat.postMessage` */
	call: string;
	status: number;
	/** The body as text. */
	body: string;
}

/** The part of a stand-in that the proxy needs. */
export interface Server {
	readonly name: string;
	serves(host: string, path: string): boolean;
	handle(request: ServiceRequest): Answer;
}

export interface Proxy {
	url: string;
	/** Path of the certificate that clients must trust. */
	caFile: string;
	calls: Call[];
	stop(): Promise<void>;
}

const read = async (request: CompletedRequest): Promise<ServiceRequest> => {
	const url = new URL(request.url);
	const bytes = (await request.body.getDecodedBuffer()) ?? Buffer.alloc(0);
	const headers = Object.fromEntries(
		Object.entries(request.headers).map(([name, value]) => [
			name.toLowerCase(),
			Array.isArray(value) ? value.join(', ') : value,
		]),
	);
	return {
		method: request.method,
		host: url.hostname,
		path: url.pathname,
		query: Object.fromEntries(url.searchParams),
		headers,
		params: {},
		bytes,
		...decodeBody(headers, bytes),
	};
};

const text = (status: number, message: string): Answer => ({ status, bytes: Buffer.from(message) });

const answerOf = (servers: readonly Server[], request: ServiceRequest): [Answer, string?] => {
	if (request.host === N8N_HOST) return [text(404, 'Not Found'), N8N_HOST];
	const server = servers.find((one) => one.serves(request.host, request.path));
	if (!server) return [text(502, `No stand-in serves ${request.host}${request.path}`)];
	return [server.handle(request), server.name];
};

/**
 * Starts a proxy on loopback that ends TLS with its own certificate authority and answers for the stand-ins'
 * hosts. No request reaches the internet. Any other address is refused with 502 and recorded.
 * @param port default: a free one
 */
export const startProxy = async (servers: readonly Server[], port?: number): Promise<Proxy> => {
	const ca = await generateCACertificate({ subject: { commonName: 'Sandbox services' } });
	const folder = await mkdtemp(join(tmpdir(), 'spakinect-services-'));
	const caFile = join(folder, 'ca.pem');
	await writeFile(caFile, ca.cert);
	const proxy = getLocal({ https: { key: ca.key, cert: ca.cert }, recordTraffic: false });
	// By itself it takes the first free port from 8000, which another process may be taking too.
	await proxy.start(port ?? (await freePort()));
	const calls: Call[] = [];
	await proxy.forAnyRequest().thenCallback(async (completed) => {
		const request = await read(completed);
		const [answer, service] = answerOf(servers, request);
		const call = `${request.method} ${completed.url}`;
		calls.push({ service, call, status: answer.status, body: request.bytes.toString() });
		const json = answer.json === undefined ? undefined : JSON.stringify(answer.json);
		return {
			statusCode: answer.status,
			headers: {
				'content-type': json === undefined ? 'text/plain' : 'application/json; charset=utf-8',
				...answer.headers,
			},
			body: json ?? answer.bytes ?? '',
		};
	});
	return {
		url: `http://127.0.0.1:${proxy.port}`,
		caFile,
		calls,
		stop: async () => {
			await proxy.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
};
