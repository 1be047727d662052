import type { ApiReply } from './types.mts';

/** The category texts of the second error shape. */
const categories: Record<number, string> = {
	400: 'Bad Request',
	401: 'Unauthorized',
	403: 'Forbidden',
	404: 'Not Found',
	429: 'Too Many Requests',
	500: 'Internal Server Error',
	502: 'Bad Gateway',
	503: 'Service Unavailable',
	504: 'Gateway Timeout',
};

/** The first documented error shape: `error` is the human text. */
export function refuse(status: number, error: string): ApiReply {
	return { status, body: { success: false, error } };
}

/** The second documented error shape: `error` is a category and `message` the human text. */
export function refuseWithCategory(status: number, message: string): ApiReply {
	return { status, body: { success: false, error: categories[status] ?? 'Error', message } };
}

export const notFound = refuseWithCategory(404, 'Endpoint not found');
