import type { Values } from './fields.mts';

/** A request as a stand-in reads it: the query, the path's parameters and the body are decoded. */
export interface ServiceRequest {
	method: string;
	host: string;
	path: string;
	query: Record<string, string>;
	/** Names in lower case. */
	headers: Record<string, string | undefined>;
	/** The `{name}` parts of the route's path. */
	params: Record<string, string>;
	bytes: Buffer;
	/** The body of a JSON or form request. `undefined` for an empty body or another type. */
	body: unknown;
	/** Whether the body should be JSON but isn't. */
	badJson: boolean;
}

export interface Answer {
	status: number;
	json?: unknown;
	/** Sent unchanged, for answers that aren't JSON. */
	bytes?: Buffer;
	headers?: Record<string, string>;
}

/** An answer that ends the handling of a request. It can be thrown anywhere in the handling. */
export class Refusal extends Error {
	constructor(readonly answer: Answer) {
		super(`refused with ${answer.status}`);
	}
}

export const refuse = (answer: Answer): never => {
	throw new Refusal(answer);
};

const typeOf = (headers: ServiceRequest['headers']): string =>
	(headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();

/** Decodes a body by its content type. */
export const decodeBody = (
	headers: ServiceRequest['headers'],
	bytes: Buffer,
): Pick<ServiceRequest, 'body' | 'badJson'> => {
	const type = typeOf(headers);
	if (bytes.length === 0) return { body: undefined, badJson: false };
	if (type === 'application/x-www-form-urlencoded') {
		return { body: Object.fromEntries(new URLSearchParams(bytes.toString())), badJson: false };
	}
	if (type !== 'application/json') return { body: undefined, badJson: false };
	try {
		return { body: JSON.parse(bytes.toString()) as unknown, badJson: false };
	} catch {
		return { body: undefined, badJson: true };
	}
};

/** The token of `Authorization: Bearer`, or undefined. */
export const bearer = (request: ServiceRequest): string | undefined =>
	/^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];

/** The body as an object. Any other body has no fields. */
export const fieldsOf = (request: ServiceRequest): Values =>
	typeof request.body === 'object' && request.body !== null ? (request.body as Values) : {};
