/** A request that ended without an answer. */
export interface NetworkOutcome {
	/** Node's code, such as ECONNRESET; UNKNOWN if there is none. */
	network: string;
	/** True if nothing of the request left this machine for Spakinect: it can't have been carried out. */
	neverSent: boolean;
}

/** No connection came about. */
const UNREACHED = new Set([
	'ECONNREFUSED',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ENOTFOUND',
	'EAI_AGAIN',
]);

/** Node's codes for a certificate that it doesn't trust. It then ends the connection before sending. */
export const isCertificate = (code: string): boolean =>
	/CERT|SELF_SIGNED|^UNABLE_TO_(GET|VERIFY)/.test(code);

/** The TLS handshake failed. Node reports it for the write that waited for the handshake. */
export const isHandshake = (code: string): boolean => code === 'EPROTO';

/** Node's text for a connection that closed during the TLS handshake. Its code is a plain ECONNRESET. */
const BEFORE_SECURE = /before secure TLS connection was established/i;

interface Thrown {
	code?: unknown;
	httpCode?: unknown;
	syscall?: unknown;
	message?: unknown;
	cause?: unknown;
}

/** An error and what caused it: n8n wraps axios, which wraps Node. n8n's versions differ in how. */
function chainOf(error: unknown): Thrown[] {
	const chain: Thrown[] = [];
	let next = error;
	while (typeof next === 'object' && next !== null && chain.length < 5) {
		chain.push(next);
		next = (next as Thrown).cause;
	}
	return chain;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/**
 * What a thrown network error tells. A code alone isn't always enough: EHOSTUNREACH can also end a
 * connection on which the request was sent, so the failed system call counts where it is known.
 */
export function networkOutcome(error: unknown): NetworkOutcome {
	const chain = chainOf(error);
	const network = chain.flatMap(({ code, httpCode }) => [code, httpCode]).find(isText) ?? 'UNKNOWN';
	const syscall = chain.map(({ syscall: name }) => name).find(isText);
	const wasConnected = syscall === 'read' || syscall === 'write';
	const neverSent =
		syscall === 'connect' ||
		syscall === 'getaddrinfo' ||
		isCertificate(network) ||
		isHandshake(network) ||
		(UNREACHED.has(network) && !wasConnected) ||
		chain.some(({ message }) => isText(message) && BEFORE_SECURE.test(message));
	return { network, neverSent };
}
