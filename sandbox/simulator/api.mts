import type {
	FastifyInstance,
	FastifyReply,
	FastifyRequest,
	FastifySchema,
	FastifySchemaValidationError,
} from 'fastify';
import { authenticate } from './access.mts';
import type { Services } from './context.mts';
import { loadDescription, type Operation } from './description.mts';
import type { Gate } from './gate.mts';
import { handlers } from './operations.mts';
import { notFound, refuseWithCategory } from './replies.mts';
import type { ApiKind, ApiReply, KeySeed } from './types.mts';

const jsonHeaders = { 'content-type': 'application/json; charset=utf-8' };

/** Bodies are read whatever their content type. A body that isn't JSON fails validation as a string. */
export function readJsonBodies(app: FastifyInstance): void {
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => {
		const raw = String(text);
		let body: unknown = raw === '' ? undefined : raw;
		try {
			if (raw !== '') body = JSON.parse(raw);
		} catch {
			body = raw;
		}
		done(null, body);
	});
}

function schemaOf(operation: Operation): FastifySchema {
	const { body, params, query } = operation;
	return { ...(body && { body }), ...(params && { params }), ...(query && { querystring: query }) };
}

/** The problems of a request, by field path and rule, without its values. */
function validationText(request: FastifyRequest): string | undefined {
	const error = request.validationError;
	if (!error) return undefined;
	const failures: FastifySchemaValidationError[] = error.validation;
	const details = failures.map(({ instancePath, message, params }) => {
		const extra = params.additionalProperty;
		const field = typeof extra === 'string' ? `${instancePath}/${extra}` : instancePath;
		return `${error.validationContext}${field} ${message ?? 'is not valid'}`;
	});
	return `Invalid request: ${[...new Set(details)].slice(0, 5).join('; ')}`;
}

/** The routes of both APIs, created from the description. */
export class Api {
	private readonly callers = new WeakMap<FastifyRequest, KeySeed>();

	constructor(
		private readonly services: Services,
		private readonly gate: Gate,
		private readonly validateResponses: boolean,
	) {}

	/** Registers one API under /emr or /client. */
	register(app: FastifyInstance, kind: ApiKind): void {
		readJsonBodies(app);
		app.addHook('preValidation', async (request, reply) => {
			if (!(await this.gate.enter(request, reply, kind))) return reply;
			const key = authenticate(this.services.store, kind, request.headers['x-api-key']);
			if (!('body' in key)) {
				this.callers.set(request, key);
				return;
			}
			this.send(request, reply, key);
			return reply;
		});
		for (const operation of loadDescription().filter(({ id }) => id.startsWith(`${kind}.`))) {
			app.route({
				method: operation.method,
				url: operation.url,
				exposeHeadRoute: false,
				schema: schemaOf(operation),
				attachValidation: true,
				handler: (request, reply) => this.serve(operation, request, reply),
			});
		}
		for (const url of [`/${kind}`, `/${kind}/*`]) {
			app.all(url, (request, reply) => {
				this.send(request, reply, notFound);
				return reply;
			});
		}
	}

	private serve(operation: Operation, request: FastifyRequest, reply: FastifyReply): FastifyReply {
		const answer = this.answer(operation, request);
		const drift = this.drift(operation, request, answer);
		this.send(request, reply, drift === undefined ? answer : refuseWithCategory(500, drift));
		return reply;
	}

	private answer(operation: Operation, request: FastifyRequest): ApiReply {
		const problem = validationText(request);
		if (problem !== undefined) return refuseWithCategory(400, problem);
		const handler = handlers[operation.id];
		const key = this.callers.get(request);
		if (!handler || !key) return notFound;
		return handler({
			...this.services,
			key,
			params: request.params as Record<string, string>,
			query: request.query as Record<string, string | undefined>,
			body: request.body,
		});
	}

	/** How an answer differs from the description, or undefined. */
	private drift(
		operation: Operation,
		request: FastifyRequest,
		answer: ApiReply,
	): string | undefined {
		if (!this.validateResponses || answer.unchecked || answer.body === undefined) return undefined;
		const where = `${operation.id} ${answer.status}`;
		const schema = operation.responses[answer.status];
		if (!schema) return `${where} is not in the description`;
		const validate = request.compileValidationSchema(schema);
		// The copy is the JSON that is sent, without undefined fields.
		if (validate(JSON.parse(answer.text ?? JSON.stringify(answer.body)))) return undefined;
		const [error] = validate.errors ?? [];
		return `${where} departs from the description: ${error?.instancePath} ${error?.message}`;
	}

	private send(request: FastifyRequest, reply: FastifyReply, answer: ApiReply): void {
		const text = answer.text ?? JSON.stringify(answer.body);
		this.gate.send(request, reply, answer.status, jsonHeaders, text);
	}
}
