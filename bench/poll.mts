import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../sandbox/n8n/paths.mts';
import { goal, median, ms, ratio, table } from './measure.mts';
import type { Rig } from './rig.mts';

const VISITS = 10_000;
const ROUNDS = 25;

/** What the measuring process prints. Times in ms. */
export interface PollFigures {
	poll: number[];
	helper: number[];
	bare: number[];
	stateBytes: number;
}

/**
 * A steady poll of 10,000 visits in n8n-core's own poll context, against the bare request and parsing (with
 * n8n's helper, which nodes must use, and with nothing but Node), in turns in one process, over a socket to
 * the simulator in this one.
 */
export async function benchPoll(rig: Rig): Promise<void> {
	await rig.control('post', '/reset');
	await rig.control('post', '/visits', { generate: VISITS, seed: 3, location_id: 'loc_downtown' });
	const tsx = join(projectRoot, 'node_modules', '.bin', 'tsx');
	const args = ['bench/pollProcess.mts', rig.simulator.emrUrl, String(VISITS), String(ROUNDS)];
	const { stdout } = await promisify(execFile)(tsx, args, { cwd: projectRoot });
	const figures = JSON.parse(stdout) as PollFigures;
	const poll = median(figures.poll);
	const helper = median(figures.helper);
	const bare = median(figures.bare);
	console.log(`\nA steady poll over ${VISITS} visits, median of ${ROUNDS} rounds`);
	table([
		['', 'time', 'poll to it'],
		['poll', ms(poll), ''],
		["GET with n8n's helper", ms(helper), ratio(poll / helper)],
		["GET with Node's client and JSON.parse", ms(bare), ratio(poll / bare)],
	]);
	console.log(`  state: ${(figures.stateBytes / VISITS).toFixed(1)} bytes a visit`);
	console.log(
		`  poll/GET with n8n's helper ${goal(poll <= 1.2 * helper, '≤ 1.2')}, with Node's ${goal(poll <= 1.2 * bare, '≤ 1.2')}`,
	);
}
