import { randomUUID } from 'node:crypto';
import type { Answer } from '../shared/http.mts';

export const error = (status: number, message: string, more: object = {}): Answer => ({
	status,
	json: { status: 'error', message, correlationId: randomUUID(), ...more },
});

export const invalid = (message: string, more: object = {}): Answer =>
	error(400, message, { category: 'VALIDATION_ERROR', ...more });
