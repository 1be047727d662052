import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countsOf, totalLine } from '../../scripts/test/totals.mts';
import { n8nEnv } from '../../sandbox/n8n/env.mts';
import { withLock } from '../../sandbox/n8n/lock.mts';
import { explainFailure, tail } from '../../sandbox/n8n/longStep.mts';

describe('the test harness itself', () => {
	it.each([
		['gyp ERR! stack Error: not found: make', /compiler is missing/],
		['gyp ERR! find Python Python is not set', /compiler is missing/],
		['npm error code ENOTFOUND\nnpm error syscall getaddrinfo', /registry cannot be reached/],
		['npm error code ENOSPC', /disk is full/],
		['something else', /failed\. Its last lines:\nsomething else/],
	])('explains "%s"', (output, message) => {
		expect(explainFailure('Install', output).message).toMatch(message);
	});

	it('shows the end of an output without spinner frames and colours', () => {
		const escape = String.fromCharCode(27);
		const text = `one\n◒  Working${escape}[999D${escape}[J◐  Working\n${escape}[31mtwo${escape}[0m\n\n`;
		expect(tail(text, 15)).toBe('one\ntwo');
	});

	it('counts a test run that crashed as a failure', () => {
		const none = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
		const report = { ...none, numPassedTests: 3, numPendingTests: 1, numRuntimeErrorTestSuites: 1 };
		expect(totalLine(countsOf(report, 1))).toBe('3 passed, 1 failed, 1 skipped');
		expect(totalLine(countsOf(undefined, 1))).toBe('0 passed, 1 failed');
		expect(totalLine(countsOf({ ...none, numRuntimeErrorTestSuites: 0 }, 0))).toBe(
			'0 passed, 0 failed',
		);
	});

	it('keeps the settings of the person’s own n8n away from ours', () => {
		const base = {
			N8N_ENCRYPTION_KEY: 'x',
			DB_TYPE: 'postgresdb',
			NODE_ENV: 'test',
			HOME: '/home/me',
		};
		const settings = { node: '/n/node', userFolder: '/u', port: 5, brokerPort: 6 };
		const env = n8nEnv(settings, {}, base);
		expect(env).toMatchObject({ HOME: '/home/me', NODE_ENV: 'production', N8N_PORT: '5' });
		expect(env.N8N_ENCRYPTION_KEY).toBeUndefined();
		expect(env.DB_TYPE).toBeUndefined();
	});

	it('lets one at a time through a lock', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'spakinect-lock-'));
		const order: string[] = [];
		const work = (name: string) =>
			withLock(
				join(folder, 'lock'),
				'Work',
				() => undefined,
				async () => {
					order.push(`${name} in`);
					await new Promise((resolve) => setTimeout(resolve, 50));
					order.push(`${name} out`);
				},
			);
		await Promise.all([work('a'), work('b')]);
		await rm(folder, { recursive: true });
		expect(order).toHaveLength(4);
		expect(order[1]!.slice(0, 1)).toBe(order[0]!.slice(0, 1));
	});
});
