import type { Answer } from '../shared/http.mts';
import type { Problem } from '../shared/fields.mts';

const STATUS: Record<number, string> = {
	400: 'INVALID_ARGUMENT',
	401: 'UNAUTHENTICATED',
	403: 'PERMISSION_DENIED',
	404: 'NOT_FOUND',
	429: 'RESOURCE_EXHAUSTED',
	503: 'UNAVAILABLE',
};

/** The error body of Google's newer APIs (google.rpc.Status), such as Sheets. */
export const rpcError = (status: number, message: string, details?: object[]): Answer => ({
	status,
	json: { error: { code: status, message, status: STATUS[status], ...(details && { details }) } },
});

const errorInfo = (reason: string, metadata: object) => ({
	'@type': 'type.googleapis.com/google.rpc.ErrorInfo',
	reason,
	domain: 'googleapis.com',
	metadata,
});

export const BAD_CREDENTIALS =
	'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.';

export const scopeMissing = (service: string): Answer =>
	rpcError(403, 'Request had insufficient authentication scopes.', [
		errorInfo('ACCESS_TOKEN_SCOPE_INSUFFICIENT', { service }),
	]);

export const quotaExceeded = (): Answer =>
	rpcError(
		429,
		"Quota exceeded for quota metric 'Write requests' and limit 'Write requests per minute per user' of service 'sheets.googleapis.com' for consumer 'project_number:1'.",
		[
			errorInfo('RATE_LIMIT_EXCEEDED', {
				service: 'sheets.googleapis.com',
				consumer: 'projects/1',
				quota_limit: 'WriteRequestsPerMinutePerUser',
				quota_metric: 'sheets.googleapis.com/write_requests',
			}),
		],
	);

/** Problems of the body, in the words of the JSON reader of Google's APIs. */
export const describeProblems = (problems: Problem[]): string =>
	problems
		.map(({ field, reason, value }) => {
			if (reason === 'missing') return `'${field}' is required but not specified`;
			if (reason === 'type') return `Invalid value at '${field}', ${JSON.stringify(value)}`;
			return `Invalid JSON payload received. Unknown name "${field}": Cannot find field.`;
		})
		.join('\n');

/** The error body of Drive, which names a reason and the parameter. */
export const driveError = (
	status: number,
	reason: string,
	message: string,
	place: { domain?: string; location?: string; locationType?: string } = {},
): Answer => {
	const { domain = 'global', ...rest } = place;
	const errors = [{ message, domain, reason, ...rest }];
	return { status, json: { error: { code: status, message, errors } } };
};
