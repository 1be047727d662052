import type { FastifyInstance } from 'fastify';
import { Misuse, type ControlServices } from './controlServices.mts';
import type { Fault, Settings } from './types.mts';
import { describeState, summarize } from './state.mts';

const kinds = [
	'status',
	'delay',
	'drop_before',
	'drop_after',
	'html',
	'empty',
	'truncated',
	'success_false',
	'redirect',
	'concurrency',
];
const faultsSchema = {
	type: 'object',
	additionalProperties: false,
	required: ['faults'],
	properties: {
		faults: {
			type: 'array',
			items: {
				type: 'object',
				additionalProperties: false,
				required: ['kind'],
				properties: {
					match: {
						type: 'object',
						additionalProperties: false,
						properties: {
							api: { enum: ['emr', 'client', 'files', '*'] },
							method: { type: 'string' },
							path: { type: 'string', format: 'regex' },
						},
					},
					kind: { enum: kinds },
					status: { type: 'integer', minimum: 200, maximum: 599 },
					retryAfter: { type: 'string' },
					body: {},
					delayMs: { type: 'number', minimum: 0 },
					location: { type: 'string' },
					max: { type: 'integer', minimum: 0 },
					skip: { type: 'integer', minimum: 0 },
					times: { type: 'integer', minimum: 1 },
				},
				allOf: [
					{
						if: { properties: { kind: { const: 'redirect' } } },
						then: { required: ['location'] },
					},
				],
			},
		},
	},
};
const settingsSchema = {
	type: 'object',
	additionalProperties: false,
	properties: {
		linkTtlMs: { type: 'number', minimum: 0 },
		clientListForm: { enum: ['query', 'path'] },
		treatmentsEmpty: { enum: ['200', '404'] },
		dobForm: { enum: ['slashes', 'dashes'] },
		inPersonIdField: { enum: ['gfe_id', 'visit_id'] },
		visitLink: { type: 'boolean' },
		evaluationCompleted: { enum: ['iso', 'seconds'] },
		pdfBytes: { type: 'integer', minimum: 0, maximum: 200_000_000 },
		unknownTreatments: { enum: ['drop', 'refuse'] },
		atHomeDob: { enum: ['absent', 'null'] },
		webhookRetryDelaysMs: { type: 'array', items: { type: 'number', minimum: 0 } },
		webhookTimeoutMs: { type: 'number', minimum: 1 },
	},
};

const resetSchema = {
	type: ['object', 'null'],
	additionalProperties: false,
	properties: { keepRegistrations: { type: 'boolean' } },
};

/** Control calls for the whole simulator: reset, state, journal, leaks, faults, settings, counters. */
export function registerControlConditions(app: FastifyInstance, services: ControlServices): void {
	const { store, webhooks, faults, gate, booking, otherSystems } = services;

	app.post<{ Body: { keepRegistrations?: boolean } | null }>(
		'/reset',
		{ schema: { body: resetSchema } },
		(request, reply) => {
			webhooks.stop();
			store.reset(request.body?.keepRegistrations);
			faults.replace([]);
			gate.resetStats();
			otherSystems?.reset();
			reply.send({ ok: true });
		},
	);
	app.get('/state', (_request, reply) => reply.send(describeState(store)));
	app.get('/summary', (_request, reply) =>
		reply.send({
			...summarize(store, faults),
			bookingUrl: booking.url,
			systems: otherSystems?.summary() ?? null,
		}),
	);
	app.get('/leaks', (_request, reply) => reply.send(store.leaks));

	app.get<{ Querystring: { since?: string } }>('/requests', (request, reply) => {
		const since = Number(request.query.since ?? 0);
		if (!Number.isFinite(since)) throw new Misuse(400, 'since is not a number');
		reply.send(store.journal.filter((entry) => entry.n > since));
	});
	app.delete('/requests', (_request, reply) => {
		store.journal.length = 0;
		reply.send({ ok: true });
	});

	app.get('/faults', (_request, reply) => reply.send({ faults: faults.list() }));
	app.put<{ Body: { faults: Fault[] } }>(
		'/faults',
		{ schema: { body: faultsSchema } },
		(request, reply) => {
			faults.replace(request.body.faults);
			reply.send({ faults: faults.list() });
		},
	);
	app.delete('/faults', (_request, reply) => {
		faults.replace([]);
		reply.send({ faults: [] });
	});

	app.get('/settings', (_request, reply) => reply.send(store.settings));
	app.put<{ Body: Partial<Settings> }>(
		'/settings',
		{ schema: { body: settingsSchema } },
		(request, reply) => {
			Object.assign(store.settings, request.body);
			store.touched();
			reply.send(store.settings);
		},
	);

	app.get('/stats', (_request, reply) => reply.send(gate.stats));
	app.delete('/stats', (_request, reply) => {
		gate.resetStats();
		reply.send(gate.stats);
	});
}
