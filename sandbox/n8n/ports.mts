import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { UserError } from './errors.mts';

const HOST = '127.0.0.1';

/**
 * Systems take the ports of outgoing connections, and of servers that ask for any port, from above. n8n opens its
 * port many seconds after it was chosen, and a connection could have it by then.
 */
const FIRST_PORT = 20_000;
const LAST_PORT = 29_999;
const MAX_TRIES = 200;
/** A server that isn't up yet has its port already. */
const given = new Set<number>();

/**
 * Binds and releases a loopback port. It resolves to the port, or rejects with the system's error if the port
 * is in use.
 */
const tryPort = (port: number): Promise<number> =>
	new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(port, HOST, () => {
			const address = server.address();
			const bound = typeof address === 'object' && address ? address.port : port;
			server.close(() => resolve(bound));
		});
	});

/**
 * A loopback TCP port that was free a moment ago. This process gives each port once.
 * @throws Error if it finds none
 */
export const freePort = async (): Promise<number> => {
	for (let tries = 0; tries < MAX_TRIES; tries += 1) {
		const port = randomInt(FIRST_PORT, LAST_PORT + 1);
		if (given.has(port)) continue;
		const isFree = await tryPort(port).then(
			() => true,
			() => false,
		);
		if (!isFree) continue;
		given.add(port);
		return port;
	}
	throw new Error(`No free port between ${FIRST_PORT} and ${LAST_PORT}`);
};

/**
 * Checks that a fixed port can be used, before anything slow is started.
 * @throws UserError naming the port and the setting that changes it
 */
export const assertPortFree = async (
	port: number,
	what: string,
	setting: string,
): Promise<void> => {
	const problem = await tryPort(port).then(
		() => undefined,
		(error: NodeJS.ErrnoException) => error.code ?? error.message,
	);
	if (problem === undefined) return;
	throw new UserError(
		problem === 'EADDRINUSE'
			? `Port ${port} is already in use, and ${what} needs it.`
			: `Port ${port} for ${what} cannot be opened (${problem}).`,
		`Stop the other program, or choose another port: ${setting}`,
	);
};
