import axios from 'axios';
import type { IBinaryKeyData, IDataObject, INodeParameters } from 'n8n-workflow';
import { startSimulator } from '../../sandbox/simulator/index.mts';
import type { Simulator } from '../../sandbox/simulator/index.mts';
import { runSpakinect } from '../../test/node/support/harness.mts';
import { CASES } from './cases.mts';
import type { Case } from './cases.mts';
import { NOW, VISITS } from './samples.mts';

/** A case with its output, without values that differ between runs. */
export interface Sample extends Case {
	authentication: 'emr' | 'client';
	/** As the node stores them, with resource and operation. */
	nodeParameters: INodeParameters;
	items: Array<{ json: IDataObject; binary?: IDataObject }>;
}

const CREDENTIALS = {
	emr: (simulator: Simulator) => ({
		spakinectApi: { apiKey: 'emr-test-key', environment: 'custom', baseUrl: simulator.emrUrl },
	}),
	client: (simulator: Simulator) => ({
		spakinectClientApi: {
			apiKey: 'client-test-key',
			environment: 'custom',
			baseUrl: simulator.clientUrl,
		},
	}),
};

/** The ID that replaces the ID of a created visit, numbered in order of appearance. */
const sampleId = (index: number) => `SampleNewVisit${String(index + 1).padStart(6, '0')}`;

/**
 * Replaces the values that differ between runs: random IDs, ports, the signature and time of PDF links, and the
 * storage details of a file.
 */
function stabilise(simulator: Simulator, known: Map<string, string>) {
	const text = (value: string): string => {
		if (value.startsWith(`${simulator.filesUrl}/`)) {
			const path = new URL(value).pathname;
			return `https://files.example${path}?expires=1772471760000&signature=0f1e2d`;
		}
		const local = value.replace(simulator.apiUrl, 'https://intake.example');
		return [...known].reduce((result, [id, sample]) => result.replaceAll(id, sample), local);
	};
	const walk = (value: unknown): unknown => {
		if (typeof value === 'string') return text(value);
		if (Array.isArray(value)) return value.map(walk);
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, walk(part)]));
	};
	return (json: IDataObject): IDataObject => {
		const id = json.gfe_id;
		if (json.created === true && typeof id === 'string' && !known.has(id)) {
			known.set(id, sampleId(known.size));
		}
		return walk(json) as IDataObject;
	};
}

/** The parts of a file that a workflow can rely on. The storage differs between n8n instances. */
function fileNames(binary: IBinaryKeyData | undefined): { binary?: IDataObject } {
	if (!binary) return {};
	const files = Object.entries(binary).map(([name, { fileName, mimeType }]) => [
		name,
		{ fileName, mimeType },
	]);
	return { binary: Object.fromEntries(files) as IDataObject };
}

async function runCase(
	simulator: Simulator,
	one: Case,
	stable: (json: IDataObject) => IDataObject,
) {
	const authentication = one.authentication ?? 'emr';
	const { resource, operation } = one;
	const nodeParameters = { authentication, resource, operation, ...one.parameters };
	const { outputs, error } = await runSpakinect({
		parameters: nodeParameters,
		credentials: CREDENTIALS[authentication](simulator),
		items: one.input,
		node: one.fails ? { onError: 'continueRegularOutput' } : {},
	});
	const items = outputs[0] ?? [];
	const failed = items.some((item) => item.error !== undefined);
	if (error || items.length === 0 || failed !== (one.fails ?? false)) {
		const why = error?.message ?? JSON.stringify(items.map(({ json }) => json));
		throw new Error(`${resource}: ${operation} (${one.title}) failed: ${why}`);
	}
	const sample: Sample = {
		...one,
		authentication,
		nodeParameters,
		items: items.map((item) => ({ json: stable(item.json), ...fileNames(item.binary) })),
	};
	return sample;
}

/** Does something while the clock stands still. */
async function atTime<T>(now: string, work: () => Promise<T>): Promise<T> {
	const clock = Date.now;
	Date.now = () => Date.parse(now);
	return await work().finally(() => {
		Date.now = clock;
	});
}

/** Runs every case in n8n-core's engine against a fresh simulator. */
export async function runCases(): Promise<Sample[]> {
	const simulator = await startSimulator();
	try {
		await atTime(NOW, () =>
			axios.post(`${simulator.controlUrl}/visits`, { visits: VISITS }, { proxy: false }),
		);
		const stable = stabilise(simulator, new Map());
		const samples: Sample[] = [];
		for (const one of CASES) {
			samples.push(await atTime(one.now ?? NOW, () => runCase(simulator, one, stable)));
		}
		return samples;
	} finally {
		await simulator.close();
	}
}
