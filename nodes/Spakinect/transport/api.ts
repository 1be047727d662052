import type { IDataObject } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { isObject } from '../domain/json';
import { gfeIdOf, readText } from '../domain/visit/apiVisit';
import type { ApiContext } from './attempt';
import type { ReadOptions } from './calls';
import { ApiCalls, pathPart } from './calls';
import type { Endpoint, Environment, KeyKind } from './credential';
import { credentialName, readEndpoint, requireUsableKey } from './credential';
import type { ApiRequest } from './failure';
import { listFailure, unreadableFailure } from './failure';

/** Why the answer for a list isn't the list: another form, fewer visits than it says, or another location. */
type ListProblem = 'form' | 'incomplete' | 'otherLocation';

/**
 * The entries of a list of visits. The documentation gives each list its `count`, and with an EMR key its
 * `location_id`. Where they are missing, nothing contradicts the list.
 *
 * @param locationId the one that was asked for; undefined with a Client key
 */
function readVisitList(
	body: Record<string, unknown>,
	locationId: string | undefined,
): unknown[] | ListProblem {
	const { gfes, count } = body;
	if (!Array.isArray(gfes)) return 'form';
	// A deferral or an open visit may be in the part that is missing.
	if (Number(count) > gfes.length) return 'incomplete';
	const at = readText(body.location_id);
	if (locationId === undefined || at === null) return gfes;
	return at.toLowerCase() === locationId.trim().toLowerCase() ? gfes : 'otherLocation';
}

/** Whether each entry is a visit with a GFE ID, as the documentation promises. */
const areVisits = (entries: unknown[]): boolean =>
	entries.every((entry) => isObject(entry) && gfeIdOf(entry) !== undefined);

/** The Spakinect API for one execution and one key. */
export class SpakinectApiClient extends ApiCalls {
	readonly environment: Environment;

	constructor(
		context: ApiContext,
		readonly kind: KeyKind,
		{ baseUrl, environment }: Endpoint,
		maxParallel?: unknown,
	) {
		super(context, credentialName(kind), baseUrl, maxParallel);
		this.environment = environment;
	}

	/**
	 * One visit as the API sent it. GET /visits/{id} returns it inside `data` or alone.
	 * @throws NodeApiError with advice, never with the body
	 */
	async visit(gfeId: string, options?: ReadOptions): Promise<IDataObject> {
		const request: ApiRequest = { method: 'GET', path: `/visits/${pathPart(gfeId)}` };
		const answer = await this.read(request, options);
		const body = this.understand(request, answer);
		const visit = isObject(body.data) ? (body.data as IDataObject) : body;
		if (visit.gfe_id === undefined && visit.status === undefined) {
			throw this.error(unreadableFailure(request, answer));
		}
		return visit;
	}

	/**
	 * Visits as the API sent them: with an EMR key, every visit of the location. With a Client key, the
	 * completed visits of all locations. The documentation describes the Client request with a query and with a
	 * path, whose error (`status path parameter must be "completed"`) is a 400.
	 * @throws NodeApiError with advice, never with the body
	 */
	async list(locationId?: string, options?: ReadOptions): Promise<IDataObject[]> {
		return (await this.entries(locationId, options)).filter(isObject) as IDataObject[];
	}

	/**
	 * {@link list} for decisions about a patient: an entry that can't be read is an error. It may be the deferral
	 * or the open visit that the decision rests on.
	 */
	async completeList(locationId?: string, options?: ReadOptions): Promise<IDataObject[]> {
		const entries = await this.entries(locationId, options);
		if (!areVisits(entries)) throw this.error(listFailure('noGfeId'));
		return entries as IDataObject[];
	}

	private async entries(locationId?: string, options?: ReadOptions): Promise<unknown[]> {
		const isEmr = this.kind === 'emr';
		let request: ApiRequest = isEmr
			? { method: 'GET', path: `/gfes/${pathPart(locationId ?? '')}` }
			: { method: 'GET', path: '/gfes', qs: { status: 'completed' } };
		let answer = await this.read(request, options);
		if (!isEmr && (answer.status === 404 || answer.status === 400)) {
			request = { method: 'GET', path: '/gfes/completed' };
			answer = await this.read(request, options);
		}
		const list = readVisitList(this.understand(request, answer), locationId);
		if (list === 'form') throw this.error(unreadableFailure(request, answer));
		if (!Array.isArray(list)) throw this.error(listFailure(list));
		return list;
	}

	/**
	 * The catalog, or a location's favorites. An empty list used to be a 404 with `data: []`.
	 * @throws NodeApiError with advice, never with the body
	 */
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
}

/**
 * Opens the API with the credential of the node.
 *
 * @param maxParallel the most requests in flight. Any value is limited to 1 to 64
 * @throws NodeOperationError if the credential can't be opened, or its key or custom base URL can't be used
 */
export async function createApi(
	context: ApiContext,
	kind: KeyKind,
	maxParallel?: unknown,
): Promise<SpakinectApiClient> {
	const node = context.getNode();
	const credential = await context.getCredentials(credentialName(kind)).catch(() => {
		// n8n's own text may quote the credential's content, such as an expression.
		throw new NodeOperationError(node, "The node can't open its credential", {
			description:
				"It may have been deleted, or it isn't shared with this workflow. Open the node and choose a credential.",
		});
	});
	requireUsableKey(node, credential);
	return new SpakinectApiClient(context, kind, readEndpoint(node, kind, credential), maxParallel);
}
