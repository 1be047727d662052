import { BASE_URLS } from '../../../credentials/connection';
import { isPublicHost, isThisMachine } from '../domain/network/publicHost';
import type { Environment } from '../transport/credential';

/**
 * The environment that a credential really reaches. A custom base URL is harmless only on this machine (the
 * sandbox). Any other host may forward requests to production, and a test must not redirect production events.
 */
export function reachedEnvironment(environment: Environment, baseUrl: string): Environment {
	const host = parse(baseUrl)?.host;
	if (environment !== 'custom' || host === undefined) return environment;
	if (isThisMachine(parse(baseUrl)?.hostname ?? '')) return environment;
	return host === parse(BASE_URLS.emr.staging)?.host ? 'staging' : 'production';
}

/** Whether a URL is on this machine. Only the sandbox may send there. */
export const isLocalUrl = (url: string): boolean => isThisMachine(parse(url)?.hostname ?? '');

/**
 * Why Spakinect can't or must not send to this URL, as a sentence without a period, or undefined. Such a URL
 * would replace a working URL with a dead one. The sandbox on this machine may send anywhere.
 *
 * @param environment the result of `reachedEnvironment`
 */
export function unusableUrl(url: string | undefined, environment: Environment): string | undefined {
	if (url === undefined || url === '') return 'n8n has no URL for this webhook';
	if (environment === 'custom') return undefined;
	const parsed = parse(url);
	if (parsed === undefined || !/^https?:\/\/[^/\\]/i.test(url)) {
		return 'The webhook URL is incomplete';
	}
	if (!isPublicHost(parsed.hostname)) {
		return "Spakinect can't reach this n8n: its URL is only valid on its own machine or network";
	}
	if (parsed.protocol !== 'https:') {
		return 'The webhook URL must start with https://, because deliveries contain patient data';
	}
	return undefined;
}

/** What an expression that found nothing, or that n8n didn't evaluate, leaves in a text. */
const MISSING = /(^|[/?=&#-])(undefined|null|nan)($|[/?=&#-])|\[object|\{\{|\}\}/i;

/** n8n's URLs that receive only while somebody listens in the editor, or while one execution waits. */
const TEMPORARY = /\/(webhook|form|mcp)-(test|waiting)(\/|$)/i;

/**
 * Why nobody would receive at this URL, which somebody entered by hand, as a sentence without a period, or
 * undefined.
 *
 * @param environment as `reachedEnvironment` gives it; a test URL takes nothing away from production elsewhere
 */
export function deadUrl(url: string, environment: Environment): string | undefined {
	const plain = decoded(url);
	if (MISSING.test(plain)) return 'A part of it is undefined, null or an expression';
	return environment === 'production' && TEMPORARY.test(plain)
		? "It is n8n's URL for a test or for one waiting execution. Use the production URL"
		: undefined;
}

/** With `%7B` and the like as what they stand for. */
function decoded(url: string): string {
	try {
		return decodeURIComponent(url);
	} catch {
		return url;
	}
}

const parse = (url: string): URL | undefined => (URL.canParse(url) ? new URL(url) : undefined);
