import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Gate } from './gate.mts';
import type { LinkSigner } from './links.mts';
import { visitPdf } from './pdf.mts';
import { hasPdf } from './present.mts';
import type { Store } from './store.mts';

function storageError(code: string, message: string): string {
	return `<?xml version='1.0' encoding='UTF-8'?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
}

/** The storage host must never get credentials. Each request with one is recorded. */
function recordLeak(store: Store, request: FastifyRequest): void {
	const headers = ['x-api-key', 'authorization'].filter((name) => name in request.headers);
	if (headers.length === 0) return;
	const path = request.url.split('?', 1)[0] ?? '';
	store.leaks.push({ at: new Date().toISOString(), path, headers });
}

/** The second origin, for PDFs with signed links that expire. Errors are XML, as from a storage service. */
export function registerFiles(
	app: FastifyInstance,
	store: Store,
	links: LinkSigner,
	gate: Gate,
): void {
	app.addHook('onRequest', async (request) => recordLeak(store, request));
	app.addHook('preHandler', async (request, reply) => {
		if (!(await gate.enter(request, reply, 'files'))) return reply;
	});
	const refuse = (
		request: FastifyRequest,
		reply: FastifyReply,
		status: number,
		code: string,
		message: string,
	) => {
		const headers = { 'content-type': 'application/xml; charset=UTF-8' };
		gate.send(request, reply, status, headers, storageError(code, message));
		return reply;
	};

	app.get('/gfe/:file', async (request, reply) => {
		const { file } = request.params as { file: string };
		const { expires = '', signature = '' } = request.query as Record<string, string | undefined>;
		const gfeId = file.replace(/\.pdf$/, '');
		const state = links.check(gfeId, expires, signature);
		if (state === 'forged') {
			return refuse(request, reply, 403, 'SignatureDoesNotMatch', 'Access denied.');
		}
		if (state === 'expired') {
			return refuse(request, reply, 400, 'ExpiredToken', 'The provided token has expired.');
		}
		const visit = store.visits.get(gfeId);
		if (!visit || !hasPdf(visit, Date.now())) {
			return refuse(request, reply, 404, 'NoSuchKey', 'The specified key does not exist.');
		}
		const pdf = await visitPdf(visit, store.settings.pdfBytes);
		gate.send(request, reply, 200, { 'content-type': 'application/pdf' }, pdf);
		return reply;
	});
	app.all('/*', (request, reply) =>
		refuse(request, reply, 404, 'NoSuchKey', 'The specified key does not exist.'),
	);
}
