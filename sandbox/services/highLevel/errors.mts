import { randomUUID } from 'node:crypto';
import type { Answer } from '../shared/http.mts';

const NAMES: Record<number, string> = {
	400: 'Bad Request',
	401: 'Unauthorized',
	403: 'Forbidden',
	422: 'Unprocessable Entity',
};

export const highLevelError = (status: number, message: string | string[]): Answer => ({
	status,
	json: { statusCode: status, message, error: NAMES[status], traceId: randomUUID() },
});

/** The short form of the gateway before the API: no token, no version, too many requests. */
export const gatewayError = (status: number, message: string): Answer => ({
	status,
	json: { statusCode: status, message },
});
