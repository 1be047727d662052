import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A proxy that forwards nothing and records the addresses that n8n requested. */
export interface Outside {
	/** The environment variables that make n8n use it for every other machine. */
	env: NodeJS.ProcessEnv;
	/** First lines of the requests, e.g. `CONNECT api.example:443 HTTP/1.1`. */
	asked: string[];
	close(): Promise<void>;
}

export const startOutside = async (): Promise<Outside> => {
	const asked: string[] = [];
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
		socket.on('error', () => undefined);
		socket.once('data', (chunk) => {
			asked.push(chunk.toString('latin1').split('\r\n')[0] ?? '');
			socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'];
	return {
		env: Object.fromEntries(names.map((name) => [name, url])),
		asked,
		close: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
};
