import type { Answer, ServiceRequest } from '../../shared/http.mts';
import { masked } from '../../shared/mask.mts';
import { rpcError } from '../errors.mts';

/** A resource with the parts that the `fields` of the query asks for. */
export const withFields = (resource: object, request: ServiceRequest): Answer => {
	try {
		return { status: 200, json: masked(resource, request.query.fields) };
	} catch {
		return rpcError(400, 'Request contains an invalid argument.');
	}
};
