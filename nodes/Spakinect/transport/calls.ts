import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../domain/json';
import type { Answer } from './attempt';
import { toNodeApiError } from './errors';
import type { ApiRequest, Failure } from './failure';
import { refusedFailure, statusFailure, unreadableFailure } from './failure';
import type { SendOptions } from './sender';
import { Sender } from './sender';

export interface ReadOptions extends SendOptions {
	/**
	 * True to send the request again although it was answered in this execution, for example for links that
	 * expire.
	 */
	fresh?: boolean;
}

/** Whether `success` denies it: `false`, also as a text or a number. */
const saysNo = (success: unknown): boolean => /^(false|no|0)$/i.test(String(success));

/**
 * An ID as one part of a path. A URL drops the parts `.` and `..`, also if they are encoded once, and the request
 * would go to another path.
 */
export const pathPart = (id: string): string =>
	encodeURIComponent(/^\.{1,2}$/.test(id) ? id.replaceAll('.', '%2E') : id);

/** Calls of one execution with one key. Identical reads are sent once. */
export class ApiCalls extends Sender {
	private readonly answers = new Map<string, Promise<Answer>>();

	/**
	 * Reads a path and returns the JSON object of the answer.
	 *
	 * @throws NodeApiError with advice, never with the body
	 */
	async get(path: string, qs?: Record<string, string>): Promise<IDataObject> {
		const request: ApiRequest = { method: 'GET', path, qs };
		return this.understand(request, await this.read(request));
	}

	/**
	 * Sends a write that may be done twice without harm (cancel, subscribe, register). It is repeated like a
	 * read.
	 *
	 * @throws NodeApiError with advice, never with a body
	 */
	async write(method: 'POST' | 'PATCH', path: string, body?: IDataObject): Promise<IDataObject> {
		const request: ApiRequest = { method, path, body };
		return this.understand(request, await this.send(request));
	}

	/**
	 * Creates a visit. Never repeated once it may have arrived, because Spakinect contacts the patient.
	 *
	 * @throws NodeApiError with advice, never with a body
	 */
	async create(path: string, body: IDataObject): Promise<IDataObject> {
		const request: ApiRequest = { method: 'POST', path, body, creates: true };
		return this.understand(request, await this.send(request));
	}

	/** The error for an answer to a create that lacks what the operation needs. */
	incomplete(path: string, body: IDataObject): Error {
		const request: ApiRequest = { method: 'POST', path, creates: true };
		return this.error(unreadableFailure(request, { status: 201, headers: {}, body }));
	}

	protected async read(request: ApiRequest, options: ReadOptions = {}): Promise<Answer> {
		const key = `${request.path}?${new URLSearchParams(request.qs).toString()}`;
		const known = options.fresh ? undefined : this.answers.get(key);
		if (known) return await known;
		const sent = this.send(request, options);
		this.answers.set(key, sent);
		return await sent;
	}

	protected understand(request: ApiRequest, answer: Answer): IDataObject {
		if (answer.status < 200 || answer.status >= 300) {
			throw this.error(statusFailure(request, answer));
		}
		if (!isObject(answer.body)) throw this.error(unreadableFailure(request, answer));
		if (saysNo(answer.body.success)) throw this.error(refusedFailure(request, answer));
		return answer.body as IDataObject;
	}

	protected error(failure: Failure): Error {
		return toNodeApiError(this.context.getNode(), failure);
	}
}
