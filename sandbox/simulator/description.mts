import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

type Json = Record<string, unknown>;

/** One operation of sandbox/openapi.yaml, with resolved references. */
export interface Operation {
	id: string;
	method: string;
	/** In Fastify's form: /emr/visits/:gfe_id. */
	url: string;
	body?: Json;
	params?: Json;
	query?: Json;
	/** Schemas of the answers by status. */
	responses: Record<string, Json>;
}

export const descriptionPath = fileURLToPath(new URL('../openapi.yaml', import.meta.url));

function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lookUp(root: Json, reference: string): unknown {
	return reference
		.slice(2)
		.split('/')
		.reduce<unknown>((node, part) => (isObject(node) ? node[part] : undefined), root);
}

/** Replaces every local $ref with its target. The description has no reference cycles. */
function resolve(root: Json, node: unknown): unknown {
	if (Array.isArray(node)) return node.map((item) => resolve(root, item));
	if (!isObject(node)) return node;
	if (typeof node.$ref === 'string') return resolve(root, lookUp(root, node.$ref));
	return Object.fromEntries(
		Object.entries(node).map(([name, value]) => [name, resolve(root, value)]),
	);
}

interface Parameter {
	name: string;
	in: string;
	required?: boolean;
	schema: Json;
}

function parameterSchema(parameters: Parameter[], place: string): Json | undefined {
	const here = parameters.filter((parameter) => parameter.in === place);
	if (here.length === 0) return undefined;
	return {
		type: 'object',
		required: here.filter((parameter) => parameter.required).map((parameter) => parameter.name),
		properties: Object.fromEntries(here.map(({ name, schema }) => [name, schema])),
	};
}

interface RawOperation {
	operationId: string;
	parameters?: Parameter[];
	requestBody?: { content: Record<string, { schema: Json }> };
	responses: Record<string, { content?: Record<string, { schema: Json }> }>;
}

function toOperation(
	path: string,
	method: string,
	raw: RawOperation,
	shared: Parameter[],
): Operation {
	const parameters = [...shared, ...(raw.parameters ?? [])];
	const responses = Object.entries(raw.responses).flatMap(([status, response]) => {
		const schema = response.content?.['application/json']?.schema;
		return schema ? [[status, schema] as const] : [];
	});
	return {
		id: raw.operationId,
		method: method.toUpperCase(),
		url: path.replace(/\{(\w+)\}/g, ':$1'),
		body: raw.requestBody?.content['application/json']?.schema,
		params: parameterSchema(parameters, 'path'),
		query: parameterSchema(parameters, 'query'),
		responses: Object.fromEntries(responses),
	};
}

/** Reads sandbox/openapi.yaml into the operations the simulator serves. */
export function loadDescription(): Operation[] {
	const root = parse(readFileSync(descriptionPath, 'utf8')) as Json;
	const paths = resolve(root, root.paths) as Record<string, Record<string, unknown>>;
	return Object.entries(paths).flatMap(([path, item]) => {
		const { parameters = [], ...methods } = item;
		return Object.entries(methods).map(([method, raw]) =>
			toOperation(path, method, raw as RawOperation, parameters as Parameter[]),
		);
	});
}
