import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runSpakinect } from '../../support/harness.mts';
import { EMR, useWebhookHosts } from '../../support/webhookWorld.mts';

const { world, emr, host, send } = useWebhookHosts();

/** Forms in which people paste a key; n8n's HTTP client would drop what is not the key from the header. */
const PASTED: Array<[string, string]> = [
	['a zero-width space', `emr-\u200btest-key`],
	['smart quotes', `\u201c${EMR}\u201d`],
	['a no-break space', `${EMR}\u00a0`],
	['a line break', `emr-test\n-key\r\n`],
	['quotes', `"${EMR}"`],
	['spaces', `  ${EMR} `],
];

it.each(PASTED)('a key pasted with %s works for requests and for deliveries', async (_, apiKey) => {
	const { error } = await world.run('emr', 'treatment', 'getAll', {}, { apiKey });
	expect(error).toBeUndefined();
	const trigger = await host({}, emr({ apiKey }));
	expect(await send(trigger)).toMatchObject({ status: 200, runs: 1 });
	expect(await send(trigger, { signature: 'wrong' })).toMatchObject({ status: 401, runs: 1 });
});

const UNUSABLE: Array<[string, string]> = [
	['an inner space', 'emr-test key'],
	['an accent', 'emr-tést-key'],
	['a control character', 'emr\u0001-test-key'],
	['an inner smart quote', 'emr\u201d-test-key'],
	['nothing but quotes', '""'],
];

describe.each(UNUSABLE)('a key with %s', (_, apiKey) => {
	it('is an error before anything is sent', async () => {
		let requests = 0;
		const server = createServer((_request, response) => {
			requests++;
			response.end('{}');
		}).listen(0);
		const { port } = server.address() as AddressInfo;
		const { error, stored, logged } = await runSpakinect({
			parameters: { authentication: 'emr', resource: 'treatment', operation: 'getAll' },
			credentials: {
				spakinectApi: { apiKey, environment: 'custom', baseUrl: `http://127.0.0.1:${port}` },
			},
		});
		server.close();
		expect(error?.message).toContain('The API key of the credential');
		expect(requests).toBe(0);
		if (apiKey.length > 2) expect(stored + logged).not.toContain(apiKey);
	});

	it('lets no delivery through, and asks for it again', async () => {
		const trigger = await host({ registration: 'manual' }, emr({ apiKey }));
		expect(await send(trigger)).toMatchObject({ status: 503, runs: 0 });
	});
});
