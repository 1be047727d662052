import { createHash } from 'crypto';
import { readNames } from '../domain/visit/apiVisit';
import { statusKey } from '../domain/visit/status';

/** The event that Spakinect sends when a provider has evaluated a visit. */
export const VISIT_COMPLETED = 'visit.completed';

export const DECISION_LISTS = [
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

/**
 * The key of any other event: its very bytes. Nobody has documented what tells two of them apart, and a
 * key that left anything out, the time included, would take the second for a repeat and lose it.
 */
export const otherKey = (rawBody: Buffer): string => digest(rawBody);

/** The key of a delivery whose decisions could not be learnt: each generated delivery is its own. */
export const incompleteKey = (event: string, gfeId: string, generatedAt: number): string =>
	hash([event, gfeId, 'incomplete', generatedAt]);

const sortedTexts = (value: unknown): string[] => [...new Set(readNames(value))].sort();

const hash = (parts: unknown[]): string => digest(JSON.stringify(parts));

const digest = (content: string | Buffer): string =>
	createHash('sha256').update(content).digest('hex').slice(0, 32);
