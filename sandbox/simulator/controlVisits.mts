import type { FastifyInstance } from 'fastify';
import { Misuse, type ControlServices } from './controlServices.mts';
import { editVisit, makeVisit, visitFields, type VisitInput } from './controlFields.mts';
import { generateVisits, type Generation } from './generate.mts';
import type { Decision, Visit } from './types.mts';
import { completeVisit, type PdfPlan } from './visits.mts';

const pdfSchema = {
	oneOf: [
		{ enum: ['now', 'never'] },
		{
			type: 'object',
			additionalProperties: false,
			required: ['afterMs'],
			properties: { afterMs: { type: 'number', minimum: 0 } },
		},
	],
};
const decisionsSchema = {
	type: 'object',
	additionalProperties: { enum: ['approved', 'conditionally_approved', 'deferred', 'undecided'] },
};
const visitSchema = {
	type: 'object',
	additionalProperties: false,
	properties: {
		...Object.fromEntries(visitFields.map((field) => [field, {}])),
		patient_details: { type: 'object' },
		decisions: decisionsSchema,
		pdf: pdfSchema,
	},
};
const createSchema = {
	oneOf: [
		{
			type: 'object',
			additionalProperties: false,
			required: ['visits'],
			properties: { visits: { type: 'array', items: visitSchema } },
		},
		{
			type: 'object',
			additionalProperties: false,
			required: ['generate'],
			properties: {
				generate: { type: 'integer', minimum: 1, maximum: 1_000_000 },
				seed: { type: 'integer' },
				location_id: { type: 'string' },
				status: { type: 'string' },
			},
		},
	],
};
const completeSchema = {
	type: ['object', 'null'],
	additionalProperties: false,
	properties: {
		decisions: decisionsSchema,
		pdf: pdfSchema,
		deliver: { type: 'boolean' },
		success: { type: 'boolean' },
	},
};

interface Completion {
	decisions?: Record<string, Decision>;
	pdf?: PdfPlan;
	deliver?: boolean;
	success?: boolean;
}

type WithId = { Params: { id: string } };

/** Control calls that read and change visits. */
export function registerControlVisits(app: FastifyInstance, services: ControlServices): void {
	const { store, webhooks } = services;
	const find = (id: string): Visit => {
		const visit = store.visits.get(id);
		if (!visit) throw new Misuse(404, 'No such visit');
		return visit;
	};

	app.post<{ Body: { visits: VisitInput[] } | Generation }>(
		'/visits',
		{ schema: { body: createSchema } },
		(request, reply) => {
			const { body } = request;
			const unknown = ('visits' in body ? body.visits : [body]).find(
				({ location_id }) => location_id !== undefined && !store.locations.has(location_id),
			);
			if (unknown) throw new Misuse(400, 'No such location');
			const ids =
				'visits' in body
					? body.visits.map((input) => makeVisit(store, input).gfe_id)
					: generateVisits(store, body);
			reply.code(201).send({ ids });
		},
	);

	app.patch<WithId & { Body: VisitInput }>(
		'/visits/:id',
		{ schema: { body: visitSchema } },
		(request, reply) => {
			const visit = find(request.params.id);
			if ('gfe_id' in request.body || 'location_id' in request.body) {
				throw new Misuse(400, 'gfe_id and location_id cannot be changed');
			}
			editVisit(visit, request.body);
			store.touched();
			reply.send({ visit });
		},
	);

	app.post<WithId & { Body: Completion | null }>(
		'/visits/:id/complete',
		{ schema: { body: completeSchema } },
		(request, reply) => {
			const visit = find(request.params.id);
			const { deliver = true, success = true, ...options } = request.body ?? {};
			completeVisit(store, visit, options);
			const ids = deliver ? webhooks.completed(visit, success) : [];
			reply.send({ visit, ...(ids.length > 0 && { delivery_id: ids[0], delivery_ids: ids }) });
		},
	);

	app.post<WithId>('/visits/:id/cancel', (request, reply) => {
		const visit = find(request.params.id);
		visit.status = 'Cancelled';
		store.touched();
		reply.send({ visit });
	});
}
