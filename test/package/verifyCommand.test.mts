import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../../scripts/verify/command.mts';
import { changeFile, copyOfCheckout } from './support/checkout.mts';

jest.setTimeout(600_000);

let folder: string;
beforeEach(async () => {
	folder = await copyOfCheckout();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

// In a process of its own: n8n's rules are an ES module, which Jest cannot load.
it('npm run verify ends with 1 and says what and where, by the tools of n8n and by the generated documents', async () => {
	const late = '/* eslint-disable */\nexport const late = () => setTimeout(() => undefined, 1);\n';
	const source = join(folder, 'nodes/Spakinect/actions/operation.ts');
	await writeFile(source, late + (await readFile(source, 'utf8')));
	await writeFile(join(folder, 'nodes/Spakinect/test.ts'), 'export {};\n');
	await changeFile(join(folder, 'docs/operations.md'), 'gfe_id', 'gfeId');
	const tsx = join(folder, 'node_modules/.bin/tsx');
	const names = ['scan-source', 'scan-tarball', 'rules', 'lint', 'documents', 'package'];
	// With NODE_ENV=test, n8n's rules take every file for a node.
	const cache = { N8N_SANDBOX_CACHE: join(folder, 'cache') };
	const env = { ...process.env, NODE_ENV: undefined, JEST_WORKER_ID: undefined, ...cache };
	const { code, output } = await runCommand(tsx, ['scripts/verify.mts', ...names], folder, env);
	expect(code).toBe(1);
	const rule = '@n8n/community-nodes/no-restricted-globals';
	const lines = output.split('\n').map((line) => line.trim());
	for (const expected of [
		/^FAIL .*\(scan-source, /,
		new RegExp(`^2:27 +error .* ${rule}$`),
		/^FAIL .*\(scan-tarball, /,
		/^FAIL .*\(rules, /,
		new RegExp(`^nodes/Spakinect/actions/operation\\.ts:2 ${rule}: `),
		/^FAIL .*\(lint, /,
		/\(0 errors, 1 warning\)/,
		/^FAIL .*\(documents, /,
		/^docs\/operations\.md$/,
		/^ok .*\(package, /,
		/^1 passed, 5 failed$/,
	]) {
		const seen = lines.some((line) => expected.test(line)) ? '' : output;
		expect({ expected, seen }).toEqual({ expected, seen: '' });
	}
});
