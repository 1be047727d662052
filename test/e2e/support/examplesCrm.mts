import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The header that the examples' CRM credential sends. */
export const CRM_HEADER = { name: 'x-crm-key', value: 'crm-stand-in' };

/** One call to the CRM. */
interface CrmCall {
	/** e.g. `POST /tasks` */
	call: string;
	/** The parsed JSON, or the bytes if it isn't JSON. */
	body: unknown;
}

/** A stand-in for the spa's CRM. It records every call and lists appointments. */
export interface ExamplesCrm {
	url: string;
	calls: CrmCall[];
	/** The answer of `GET /appointments`. */
	appointments: object[];
	/** Paths that currently answer 500. */
	broken: Set<string>;
	/** The bodies sent to a path, e.g. `POST /tasks`. */
	sent(call: string): Array<Record<string, unknown>>;
	reset(): void;
	close(): Promise<void>;
}

const readBytes = async (request: IncomingMessage): Promise<Buffer> => {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
};

/** Starts the stand-in on a free loopback port. Without the credential's header it answers 401. */
export const startExamplesCrm = async (): Promise<ExamplesCrm> => {
	const server = createServer((request, response) => {
		const answer = (status: number, body: unknown) => {
			response.writeHead(status, { 'content-type': 'application/json' });
			response.end(JSON.stringify(body));
		};
		const { pathname, searchParams } = new URL(request.url ?? '/', 'http://crm');
		void readBytes(request).then((bytes) => {
			if (request.headers[CRM_HEADER.name] !== CRM_HEADER.value) return answer(401, {});
			if (crm.broken.has(pathname)) return answer(500, { error: 'down for maintenance' });
			if (pathname === '/appointments') {
				const today = new Date().toISOString().slice(0, 10);
				return answer(200, searchParams.get('date') === today ? crm.appointments : []);
			}
			const json = request.headers['content-type']?.includes('application/json');
			const body = json ? (JSON.parse(bytes.toString('utf8')) as unknown) : bytes;
			crm.calls.push({ call: `${request.method} ${pathname}`, body });
			return answer(200, { ok: true });
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const crm: ExamplesCrm = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		calls: [],
		appointments: [],
		broken: new Set(),
		sent: (call) =>
			crm.calls
				.filter((one) => one.call === call)
				.map(({ body }) => body as Record<string, unknown>),
		reset: () => {
			crm.calls = [];
			crm.appointments = [];
			crm.broken.clear();
		},
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
	return crm;
};
