import type { FastifyError, FastifyInstance } from 'fastify';
import { readJsonBodies } from './api.mts';
import { registerControlBookings } from './controlBookings.mts';
import { registerControlConditions } from './controlConditions.mts';
import { registerControlDeliveries } from './controlDeliveries.mts';
import { registerControlOtherSystems } from './controlOtherSystems.mts';
import { registerControlVisits } from './controlVisits.mts';
import { Misuse, type ControlServices } from './controlServices.mts';

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** The control API under /control. It answers only loopback, and no pages of other origins. */
export function registerControl(app: FastifyInstance, services: ControlServices): void {
	readJsonBodies(app);
	app.addHook('onRequest', async (request) => {
		const { origin, host } = request.headers;
		if (!loopback.has(request.ip))
			throw new Misuse(403, 'The control API answers on loopback only');
		if (origin !== undefined && origin !== `http://${host}`) {
			throw new Misuse(403, 'The control API does not answer to other origins');
		}
	});
	app.setErrorHandler((error: FastifyError, _request, reply) => {
		reply.code(error.statusCode ?? 500).send({ error: error.message });
	});
	app.setNotFoundHandler((request, reply) => {
		reply.code(404).send({ error: `No such control call: ${request.method} ${request.url}` });
	});
	registerControlVisits(app, services);
	registerControlBookings(app, services);
	registerControlDeliveries(app, services);
	registerControlConditions(app, services);
	registerControlOtherSystems(app, services);
}
