import { createServer } from 'node:net';
import { UserError } from './errors.mts';

const HOST = '127.0.0.1';

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

/** A loopback TCP port that was free a moment ago. */
export const freePort = (): Promise<number> => tryPort(0);

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
