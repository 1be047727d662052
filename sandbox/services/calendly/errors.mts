import type { Problem } from '../shared/fields.mts';
import type { Answer } from '../shared/http.mts';

export const error = (
	status: number,
	title: string,
	message: string,
	details?: object[],
): Answer => ({
	status,
	json: { title, message, ...(details && { details }) },
});

export const invalid = (...details: Array<[parameter: string, message: string]>): Answer =>
	error(
		400,
		'Invalid Argument',
		'The supplied parameters are invalid.',
		details.map(([parameter, message]) => ({ parameter, message })),
	);

export const describe = ({ field, reason, expected }: Problem): [string, string] =>
	reason === 'missing' ? [field, "can't be blank"] : [field, `must be ${expected}`];

export const unauthenticated = (): Answer =>
	error(401, 'Unauthenticated', 'The access token is invalid');

export const notFound = (): Answer =>
	error(404, 'Resource Not Found', 'The server could not find the requested resource.');
