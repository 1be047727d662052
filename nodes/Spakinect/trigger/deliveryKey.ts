import { createHash } from 'crypto';
import { statusKey } from '../domain/status';

/** The event that Spakinect sends when a provider has evaluated a visit. */
export const VISIT_COMPLETED = 'visit.completed';

const DECISION_LISTS = [
	'approved_treatments',
	'conditionally_approved_treatments',
	'deferred_treatments',
] as const;

/**
 * The key of one piece of news about a visit: event, GFE, status and decisions. The timestamp is left
 * out because a regenerated delivery may carry a new one; lists are sorted because their order means
 * nothing. A changed decision gives another key. It is a hash, so it carries no patient data.
 *
 * @returns 32 lower-case hex characters
 */
export function visitKey(event: string, gfeId: string, visit: Record<string, unknown>): string {
	const decisions = DECISION_LISTS.map((list) => sortedTexts(visit[list]));
	return hash([event, gfeId, statusKey(visit.status), ...decisions]);
}

/** The key of an event that is not about a visit: its name and the plain values of its data. */
export function otherKey(event: string, data: Record<string, unknown>): string {
	const plain = Object.keys(data)
		.sort()
		.map((name) => [name, isPlain(data[name]) ? data[name] : typeof data[name]]);
	return hash([event, plain]);
}

/** The key of a delivery whose decisions could not be learnt: each generated delivery is its own. */
export const incompleteKey = (event: string, gfeId: string, generatedAt: number): string =>
	hash([event, gfeId, 'incomplete', generatedAt]);

const isPlain = (value: unknown): boolean =>
	value === null || ['string', 'number', 'boolean'].includes(typeof value);

const sortedTexts = (value: unknown): string[] =>
	Array.isArray(value) ? [...new Set(value.filter((text) => typeof text === 'string'))].sort() : [];

const hash = (parts: unknown[]): string =>
	createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
