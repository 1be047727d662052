import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { descriptionPath } from './description.mts';

const folder = new URL('../dashboard/', import.meta.url);
const script = 'text/javascript; charset=utf-8';
/** File of sandbox/dashboard/ by path, and its content type. */
const pages: Record<string, [file: string, type: string]> = {
	'/': ['index.html', 'text/html; charset=utf-8'],
	'/theme.css': ['theme.css', 'text/css; charset=utf-8'],
	'/dashboard.css': ['dashboard.css', 'text/css; charset=utf-8'],
	'/dashboard.js': ['dashboard.js', script],
	'/booking.js': ['booking.js', script],
	'/dom.js': ['dom.js', script],
	'/exam.js': ['exam.js', script],
	'/faults.js': ['faults.js', script],
	'/rows.js': ['rows.js', script],
	'/systems.js': ['systems.js', script],
};

/**
 * The dashboard's files and the description. The files are read again for each request, so a reload shows an
 * edit.
 */
export function registerDashboard(app: FastifyInstance): void {
	for (const [url, [file, type]] of Object.entries(pages)) {
		app.get(url, async (_request, reply) =>
			reply.type(type).send(await readFile(new URL(file, folder))),
		);
	}
	app.get('/openapi.yaml', async (_request, reply) =>
		reply.type('application/yaml; charset=utf-8').send(await readFile(descriptionPath)),
	);
	app.get('/intake/:id', async (_request, reply) =>
		reply
			.type('text/html; charset=utf-8')
			.send(
				'<!doctype html><title>Intake</title><p>The patient fills in the intake form here. The simulator has none.</p>',
			),
	);
}
