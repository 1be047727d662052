import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Simulator } from '../../../sandbox/simulator/index.mts';
import { startSimulator } from '../../../sandbox/simulator/index.mts';
import { Control } from './control.mts';
import type { RunOptions, RunResult } from './harness.mts';
import { runSpakinect } from './harness.mts';

export type Key = 'emr' | 'client';

export const KEYS = { emr: 'emr-test-key', client: 'client-test-key' } as const;

// A loaded machine may be slow. No test uses this limit as a goal.
jest.setTimeout(180_000);

type Rest = Partial<Omit<RunOptions, 'parameters' | 'credentials'>>;

export interface World {
	sim: Simulator;
	control: Control;
	/** Runs the node with a key of this kind. */
	run(
		key: Key,
		resource: string,
		operation: string,
		parameters?: INodeParameters,
		rest?: Rest & { apiKey?: string; baseUrl?: string },
	): Promise<RunResult>;
}

let simulator: Promise<Simulator> | undefined;
afterAll(async () => (await simulator)?.close());

/**
 * The simulator, reset to its seed before each test. All suites of a test file share it, because starting one
 * takes a while.
 */
export function useSimulator(): World {
	const world = {} as World;
	beforeAll(async () => {
		world.sim = await (simulator ??= startSimulator());
		world.control = new Control(world.sim.controlUrl);
	});
	beforeEach(async () => {
		await world.control.reset();
	});

	world.run = (key, resource, operation, parameters = {}, rest = {}) => {
		const { apiKey = KEYS[key], baseUrl, ...options } = rest;
		const address = baseUrl ?? (key === 'emr' ? world.sim.emrUrl : world.sim.clientUrl);
		const credential = { apiKey, environment: 'custom', baseUrl: address };
		return runSpakinect({
			...options,
			parameters: { authentication: key, resource, operation, ...parameters },
			credentials: { [key === 'emr' ? 'spakinectApi' : 'spakinectClientApi']: credential },
		});
	};
	return world;
}

/** The json of a run that must have succeeded. */
export function succeeded(result: RunResult): IDataObject[] {
	if (result.error) throw new Error(`${result.error.message}: ${result.error.description ?? ''}`);
	return result.json;
}
