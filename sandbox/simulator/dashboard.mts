import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { descriptionPath } from './description.mts';

const page = new URL('../dashboard/', import.meta.url);
const pages: Record<string, { file: URL | string; type: string }> = {
	'/': { file: new URL('index.html', page), type: 'text/html; charset=utf-8' },
	'/dashboard.css': { file: new URL('dashboard.css', page), type: 'text/css; charset=utf-8' },
	'/dashboard.js': { file: new URL('dashboard.js', page), type: 'text/javascript; charset=utf-8' },
	'/openapi.yaml': { file: descriptionPath, type: 'application/yaml; charset=utf-8' },
};

/** The dashboard's files (read anew each time, so that an edit shows on reload) and the description. */
export function registerDashboard(app: FastifyInstance): void {
	for (const [url, { file, type }] of Object.entries(pages)) {
		app.get(url, async (_request, reply) => reply.type(type).send(await readFile(file)));
	}
	app.get('/intake/:id', async (_request, reply) =>
		reply
			.type('text/html; charset=utf-8')
			.send('<!doctype html><title>Intake</title><p>The intake form would open here.</p>'),
	);
}
