import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../domain/json';
import type { KeyKind } from '../shared/authentication';
import { credentialName } from '../shared/authentication';
import type { Answer, ApiContext } from './attempt';
import type { Environment } from './baseUrl';
import { readEndpoint, requireUsableKey } from './baseUrl';
import { toNodeApiError } from './errors';
import type { ApiRequest, Failure } from './failure';
import { refusedFailure, statusFailure, unreadableFailure } from './failure';
import type { SendOptions } from './sender';
import { Sender } from './sender';

export interface ReadOptions extends SendOptions {
	/** True to ask again although the same request was answered in this execution (links that expire). */
	fresh?: boolean;
}

/** The Spakinect API for one execution and one key: identical reads are sent once. */
export class SpakinectApiClient {
	private readonly answers = new Map<string, Promise<Answer>>();

	constructor(
		private readonly context: ApiContext,
		private readonly sender: Sender,
		readonly kind: KeyKind,
		readonly environment: Environment,
		readonly baseUrl: string,
	) {}

	/**
	 * Reads a path and returns the JSON object of the answer.
	 *
	 * @throws NodeApiError with advice, never with the body
	 */
	async get(
		path: string,
		qs?: Record<string, string>,
		options?: ReadOptions,
	): Promise<IDataObject> {
		const request: ApiRequest = { method: 'GET', path, qs };
		return this.understand(request, await this.read(request, options));
	}

	/**
	 * Writes; never repeated once it may have arrived.
	 *
	 * @param creates true if Spakinect creates a visit because of it
	 * @throws NodeApiError with advice, never with a body
	 */
	async write(
		method: 'POST' | 'PATCH',
		path: string,
		body?: IDataObject,
		creates = false,
	): Promise<IDataObject> {
		const request: ApiRequest = { method, path, body, creates };
		return this.understand(request, await this.sender.send(request));
	}

	/** One visit as the API sent it (GET /visits/{id}: `data` around it, or bare). */
	async visit(gfeId: string, options?: ReadOptions): Promise<IDataObject> {
		const request: ApiRequest = { method: 'GET', path: `/visits/${encodeURIComponent(gfeId)}` };
		const answer = await this.read(request, options);
		const body = this.understand(request, answer);
		const visit = isObject(body.data) ? (body.data as IDataObject) : body;
		if (visit.gfe_id === undefined && visit.status === undefined) {
			throw this.error(unreadableFailure(request, answer));
		}
		return visit;
	}

	/**
	 * Visits as the API sent them: with an EMR key every visit of the location, with a Client key the
	 * completed ones of all locations. The documentation describes the latter as a query and as a path,
	 * whose error (`status path parameter must be "completed"`) is a 400.
	 */
	async list(locationId?: string, options?: ReadOptions): Promise<IDataObject[]> {
		const isEmr = this.kind === 'emr';
		let request: ApiRequest = isEmr
			? { method: 'GET', path: `/gfes/${encodeURIComponent(locationId ?? '')}` }
			: { method: 'GET', path: '/gfes', qs: { status: 'completed' } };
		let answer = await this.read(request, options);
		if (!isEmr && (answer.status === 404 || answer.status === 400)) {
			request = { method: 'GET', path: '/gfes/completed' };
			answer = await this.read(request, options);
		}
		const { gfes } = this.understand(request, answer);
		if (!Array.isArray(gfes)) throw this.error(unreadableFailure(request, answer));
		return gfes.filter(isObject) as IDataObject[];
	}

	/** The catalogue, or a location's favorites; an empty one used to be a 404 with `data: []`. */
	async treatments(favoritesOf?: string): Promise<IDataObject[]> {
		const qs = favoritesOf ? { type: 'favorites', location_id: favoritesOf } : undefined;
		const request: ApiRequest = { method: 'GET', path: '/treatments', qs };
		const answer = await this.read(request);
		const isEmpty =
			answer.status === 404 && isObject(answer.body) && Array.isArray(answer.body.data);
		if (isEmpty) return [];
		const { data } = this.understand(request, answer);
		if (!Array.isArray(data)) throw this.error(unreadableFailure(request, answer));
		return data.filter(isObject) as IDataObject[];
	}

	/** Lets no further request start; for an execution that ends with its first failed item. */
	stop(): void {
		this.sender.stop();
	}

	/** Waits some milliseconds, less if the execution is cancelled. */
	async wait(ms: number): Promise<void> {
		await this.sender.wait(ms);
	}

	/** The error for a write that was answered without what the operation needs from it. */
	incomplete(path: string, body: IDataObject): Error {
		const request: ApiRequest = { method: 'POST', path, creates: true };
		return this.error(unreadableFailure(request, { status: 201, headers: {}, body }));
	}

	private async read(request: ApiRequest, options: ReadOptions = {}): Promise<Answer> {
		const key = `${request.path}?${new URLSearchParams(request.qs).toString()}`;
		const known = options.fresh ? undefined : this.answers.get(key);
		if (known) return await known;
		const sent = this.sender.send(request, options);
		this.answers.set(key, sent);
		return await sent;
	}

	private understand(request: ApiRequest, answer: Answer): IDataObject {
		if (answer.status < 200 || answer.status >= 300) {
			throw this.error(statusFailure(request, answer));
		}
		if (!isObject(answer.body)) throw this.error(unreadableFailure(request, answer));
		if (answer.body.success === false) throw this.error(refusedFailure(request, answer));
		return answer.body as IDataObject;
	}

	private error(failure: Failure): Error {
		return toNodeApiError(this.context.getNode(), failure);
	}
}

/**
 * Opens the API with the credential of the node.
 *
 * @param maxParallel most requests in flight; anything but a number from 1 to 64 is brought there
 * @throws NodeOperationError if the credential's key or custom base URL cannot be used
 */
export async function createApi(
	context: ApiContext,
	kind: KeyKind,
	maxParallel?: unknown,
): Promise<SpakinectApiClient> {
	const credential = await context.getCredentials(credentialName(kind));
	requireUsableKey(context.getNode(), credential);
	const { environment, baseUrl } = readEndpoint(context.getNode(), kind, credential);
	const sender = new Sender(context, credentialName(kind), baseUrl, maxParallel);
	return new SpakinectApiClient(context, sender, kind, environment, baseUrl);
}
