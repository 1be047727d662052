import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as tar from 'tar';
import { packProject } from '../sandbox/n8n/pack.mts';
import { median, ratio, table } from './measure.mts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const ROUNDS = 15;
const PEERS = [
	'@formbricks/n8n-nodes-formbricks@1.0.2',
	'@blotato/n8n-nodes-blotato@1.0.10',
	'@mendable/n8n-nodes-firecrawl@2.1.2',
];

/** Loads the files that a package declares and creates each class, as n8n's loader does. Prints milliseconds. */
const PROBE = `
require('n8n-workflow');
const { join } = require('node:path');
const dir = process.argv[2];
const { n8n } = require(join(dir, 'package.json'));
const begun = process.hrtime.bigint();
for (const file of [...(n8n.nodes ?? []), ...(n8n.credentials ?? [])]) {
	for (const Loaded of Object.values(require(join(dir, file)))) {
		if (typeof Loaded === 'function' && Loaded.prototype) new Loaded();
	}
}
console.log(Number(process.hrtime.bigint() - begun) / 1e6);
`;

async function unpack(tarball: string, into: string): Promise<string> {
	mkdirSync(into, { recursive: true });
	await tar.extract({ file: tarball, cwd: into, strip: 1 });
	return into;
}

/**
 * Times the loading of all nodes and credentials, with n8n-workflow already loaded, next to lean packages of
 * others. For information, without a goal: n8n takes about 15 seconds to start.
 */
export async function benchLoad(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'spakinect-load-'));
	try {
		const probe = join(folder, 'probe.cjs');
		writeFileSync(probe, PROBE);
		const packages = new Map([
			['n8n-nodes-spakinect', await unpack(await packProject(), join(folder, 'own'))],
		]);
		for (const [index, peer] of PEERS.entries()) {
			const at = join(folder, `pack-${index}`);
			mkdirSync(at);
			execFileSync('npm', ['pack', peer, '--silent', '--pack-destination', at], {
				cwd: folder,
				stdio: ['ignore', 'ignore', 'inherit'],
			});
			packages.set(
				peer,
				await unpack(join(at, readdirSync(at)[0]!), join(folder, `peer-${index}`)),
			);
		}
		const times = new Map<string, number[]>([...packages.keys()].map((name) => [name, []]));
		const env = { ...process.env, NODE_PATH: join(ROOT, 'node_modules') };
		for (let round = 0; round < ROUNDS + 1; round += 1) {
			for (const [name, directory] of packages) {
				const printed = execFileSync(process.execPath, [probe, directory], {
					env,
					encoding: 'utf8',
				});
				if (round > 0) times.get(name)!.push(Number(printed));
			}
		}
		const own = median(times.get('n8n-nodes-spakinect')!);
		console.log(`\nLoading all nodes and credentials, median of ${ROUNDS} rounds`);
		table([
			['package', 'time', 'ours/peer'],
			...[...times].map(([name, all]) => [
				name,
				`${median(all).toFixed(1)} ms`,
				ratio(own / median(all)),
			]),
		]);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
