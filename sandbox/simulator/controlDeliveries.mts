import type { FastifyInstance } from 'fastify';
import { Misuse, type ControlServices } from './controlServices.mts';
import type { CustomDelivery } from './webhooks.mts';

const webhookSchema = {
	type: 'object',
	additionalProperties: false,
	required: ['key', 'url'],
	properties: {
		key: { type: 'string' },
		url: { type: ['string', 'null'] },
		secret: { type: 'string' },
	},
};
const customSchema = {
	type: 'object',
	additionalProperties: false,
	required: ['key'],
	properties: {
		key: { type: 'string' },
		url: { type: 'string' },
		body: {},
		headers: { type: 'object', additionalProperties: { type: 'string' } },
		signature: { type: 'string' },
		encoding: { enum: ['gzip'] },
	},
};
const redeliverSchema = {
	type: ['object', 'null'],
	additionalProperties: false,
	properties: { newTimestamp: { type: 'boolean' } },
};

/** Control calls about webhooks and their deliveries. */
export function registerControlDeliveries(app: FastifyInstance, services: ControlServices): void {
	const { store, webhooks } = services;

	app.put<{ Body: { key: string; url: string | null; secret?: string } }>(
		'/webhooks',
		{ schema: { body: webhookSchema } },
		(request, reply) => {
			const { key, url, secret } = request.body;
			if (!store.keys.has(key)) throw new Misuse(404, 'No such key');
			if (url === null || url === '') store.webhooks.delete(key);
			else if (!URL.canParse(url)) throw new Misuse(400, 'url is not a URL');
			else store.webhooks.set(key, { url, secret });
			reply.send({ key, url: store.webhooks.get(key)?.url ?? null });
		},
	);

	app.get('/deliveries', (_request, reply) => {
		reply.send(store.deliveries);
	});

	app.post<{ Body: CustomDelivery }>(
		'/deliveries',
		{ schema: { body: customSchema } },
		async (request) => {
			const { body } = request;
			if (!store.keys.has(body.key)) throw new Misuse(404, 'No such key');
			const url = body.url ?? store.webhooks.get(body.key)?.url;
			if (url === undefined) throw new Misuse(400, 'No url given and none registered for the key');
			return await webhooks.custom({ ...body, url });
		},
	);

	app.post<{ Params: { id: string }; Body: { newTimestamp?: boolean } | null }>(
		'/deliveries/:id/redeliver',
		{ schema: { body: redeliverSchema } },
		async (request) => {
			const delivery = store.deliveries.find(({ id }) => id === request.params.id);
			if (!delivery) throw new Misuse(404, 'No such delivery');
			return await webhooks.redeliver(delivery, request.body?.newTimestamp ?? false);
		},
	);

	app.get('/contacts', (_request, reply) => {
		reply.send(store.contacts);
	});
}
