import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the workflow tells the CRM about a finished GFE. */
interface CrmUpdate {
	gfe_id: string;
	status: string;
	all_approved: boolean;
}

/** A stand-in for the spa's CRM: takes results at `POST /gfe-results` and shows them at `GET /gfe-results`. */
export interface Crm {
	url: string;
	updates: CrmUpdate[];
	close(): Promise<void>;
}

const readText = async (request: IncomingMessage): Promise<string> => {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
};

const parse = (text: string): CrmUpdate | undefined => {
	try {
		const value = JSON.parse(text) as Partial<CrmUpdate> | null;
		return typeof value?.gfe_id === 'string' ? (value as CrmUpdate) : undefined;
	} catch {
		return undefined;
	}
};

/** Starts the stand-in on loopback; port 0 (the default) takes a free one. */
export const startCrm = async (port = 0): Promise<Crm> => {
	const updates: CrmUpdate[] = [];
	const server = createServer((request, response) => {
		const answer = (status: number, body: unknown) => {
			response.writeHead(status, { 'content-type': 'application/json' });
			response.end(JSON.stringify(body));
		};
		if (request.url !== '/gfe-results') return answer(404, { error: 'Only /gfe-results is here' });
		if (request.method !== 'POST') return answer(200, updates);
		void readText(request).then((text) => {
			const update = parse(text);
			if (!update) return answer(400, { error: 'A JSON object with a gfe_id is needed' });
			updates.push(update);
			return answer(200, { ok: true });
		});
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	const { port: bound } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${bound}`,
		updates,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
};
