import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A proxy that lets nothing out and remembers where n8n wanted to go. */
export interface Outside {
	/** Environment that makes n8n use it for everything but this machine. */
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
