import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'flatted';
import { CLIENT_KEY, WRONG_KEY, type ActionWorld } from './action.mts';
import { INPUT_NODES, type Json } from './actionRun.mts';
import { EMR_KEY } from './world.mts';

/** A patient whose details don't occur anywhere else in an execution. */
export const PATIENT = {
	firstName: 'Zebulon',
	lastName: 'Quackenbush',
	email: 'zeb.quack@patients.example',
	phone: '+12025550187',
	dateOfBirth: '1971-11-23',
};

/** The text that a careless server might write into an answer. */
export const QUOTING =
	'Patient Zebulon Quackenbush zeb.quack@patients.example +12025550187 born 11/23/1971 reference ZQ-778812';

/** None of these may be in an error. The keys and bodies may not be anywhere. */
const OF_THE_PATIENT = [
	...['Zebulon', 'Quackenbush', 'zeb.quack', '5550187'],
	...['1971-11-23', '11/23/1971', '11-23-1971', '1999-11-23', '11-23-1999', 'ZQ-778812'],
];
const KEYS = [EMR_KEY, CLIENT_KEY, WRONG_KEY];
const LINK = ['signature=', 'expires='];

const found = (text: string, secrets: string[]): string[] =>
	secrets.filter((secret) => text.toLowerCase().includes(secret.toLowerCase()));

/**
 * The stored execution without the workflow's own input: the run data of the nodes before ours, and the
 * items that n8n keeps on its stack beside a failed node. Parameters stay: they are expressions here.
 */
const withoutInput = (text: string): string => {
	const whole = parse(text) as {
		resultData: { runData: Json };
		executionData?: { nodeExecutionStack?: unknown };
	};
	const { resultData } = whole;
	resultData.runData = Object.fromEntries(
		Object.entries(resultData.runData).filter(([name]) => !INPUT_NODES.includes(name)),
	);
	delete whole.executionData?.nodeExecutionStack;
	const seen = new Set<unknown>();
	return JSON.stringify(whole, (_, value: unknown) => {
		if (typeof value !== 'object' || value === null) return value;
		if (seen.has(value)) return 'seen';
		seen.add(value);
		return value;
	});
};

/** Everything that n8n has written so far: its log file and its console output. */
const everythingLogged = async ({ n8n }: ActionWorld): Promise<string> => {
	const file = join(n8n.userFolder, '.n8n', 'logs', 'n8n.log');
	return (await readFile(file, 'utf8')) + n8n.output();
};

/** The places of each found secret. All are empty if nothing leaked. */
export const leaksOf = async (world: ActionWorld, executionId: string) => {
	const stored = await world.client.storedText(executionId);
	const logged = await everythingLogged(world);
	return {
		stored: found(withoutInput(stored), [...OF_THE_PATIENT, ...KEYS, ...LINK]),
		keysAnywhere: found(stored, KEYS),
		logged: found(logged, [...OF_THE_PATIENT, ...KEYS, ...LINK]),
	};
};

/** Proof that the search works: the input is stored, and the log mentions the node. */
export const searchWorks = async (world: ActionWorld, executionId: string): Promise<boolean> =>
	(await world.client.storedText(executionId)).includes(PATIENT.email) &&
	(await everythingLogged(world)).includes('Running node "Spakinect" started');
