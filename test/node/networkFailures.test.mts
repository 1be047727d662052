import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { bookingParameters, expectPrivate, patientItem } from './support/patient.mts';
import { shortenWaits } from './support/waits.mts';
import { useSimulator } from './support/world.mts';

/** Real connections that fail: a create is in doubt where its request may have arrived, and only there. */

const world = useSimulator();
shortenWaits();
const servers: Server[] = [];
afterEach(() => {
	for (const server of servers.splice(0)) server.close();
});
const listen = async (server: Server): Promise<number> => {
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
	return (server.address() as { port: number }).port;
};
const tcp = (onConnection: (socket: Socket) => void) =>
	listen(
		createTcpServer((socket) => {
			socket.on('error', () => undefined);
			onConnection(socket);
		}),
	);

const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
afterAll(() => rmSync(folder, { recursive: true }));
/** A certificate that nobody trusts. */
const selfSigned = () => {
	const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
	execFileSync(
		'openssl',
		[
			'req',
			'-x509',
			'-newkey',
			'rsa:2048',
			'-nodes',
			'-days',
			'1',
			'-subj',
			'/CN=localhost',
		].concat(...[['-keyout', key, '-out', cert]]),
		{ stdio: 'ignore' },
	);
	return { key: readFileSync(key), cert: readFileSync(cert) };
};

/** Books through the catalog of the simulator, with the create sent elsewhere. */
const book = async (baseUrl: string) => {
	const send = world.run('emr', 'atHomeVisit', 'create', bookingParameters, {
		items: [patientItem()],
		baseUrl,
	});
	const result = await send;
	expectPrivate(result);
	return result.error?.message ?? 'no error';
};

// The catalog is read before the create: only the create must meet the fault.
jest.mock('../../nodes/Spakinect/actions/create/input', () => {
	const real = jest.requireActual('../../nodes/Spakinect/actions/create/input');
	return { ...real, readBookedTreatments: async () => ['Botox'] };
});

const DOUBT = 'visit may have been created';

describe('nothing was sent', () => {
	it.each<[string, () => Promise<string>, RegExp]>([
		['a refused connection', async () => 'http://127.0.0.1:1', /refused/],
		['a host that does not exist', async () => 'https://nowhere.invalid', /host name/],
		['no route', async () => 'https://255.255.255.255', /could not be reached/],
		[
			'a server without encryption',
			async () => `https://localhost:${await listen(createHttpServer((_, r) => r.end('x')))}`,
			/encrypted connection/,
		],
		[
			'a connection that closes in the handshake',
			async () => `https://localhost:${await tcp((socket) => socket.destroy())}`,
			/could not be reached/,
		],
		[
			'an untrusted certificate',
			async () => `https://localhost:${await listen(createTlsServer(selfSigned()))}`,
			/certificate/,
		],
	])('%s', async (_, url, message) => {
		const text = await book(await url());
		expect(text).toMatch(message);
		expect(text).not.toContain(DOUBT);
	});
});

describe('the request may have arrived', () => {
	it.each<[string, (socket: Socket) => void]>([
		['closed after the request', (socket) => socket.once('data', () => socket.destroy())],
		['reset after the request', (socket) => socket.once('data', () => socket.resetAndDestroy())],
		[
			'closed within the answer',
			(socket) =>
				socket.once('data', () => {
					socket.end('HTTP/1.1 201 Created\r\ncontent-length: 100\r\n\r\n{"succ');
				}),
		],
	])('%s', async (_, onConnection) => {
		expect(await book(`http://127.0.0.1:${await tcp(onConnection)}`)).toContain(DOUBT);
	});

	it('reset in the handshake: Node cannot tell it from a reset after it', async () => {
		const port = await tcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
		expect(await book(`https://localhost:${port}`)).toContain(DOUBT);
	});
});
