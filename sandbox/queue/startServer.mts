import { tail } from '../n8n/longStep.mts';
import { startGroup, type ProcessGroup } from '../n8n/processGroup.mts';
import { until } from '../n8n/until.mts';

const START_MS = 60_000;

/** Runs a program in the foreground until `isUp`. */
export const startServer = async (
	name: string,
	command: string[],
	cwd: string,
	isUp: () => Promise<boolean>,
): Promise<ProcessGroup> => {
	const [program = '', ...args] = command;
	const group = startGroup(program, args, { cwd, env: { ...process.env, LC_ALL: 'C' } });
	let over: string | undefined;
	void group.ended.then((reason) => (over = reason));
	try {
		await until(`start ${name}`, START_MS, async () => {
			if (over) throw new Error(`${name} ended with ${over}:\n${tail(group.output(), 10)}`);
			return (await isUp()) ? true : undefined;
		});
	} catch (error) {
		await group.kill();
		throw error;
	}
	return group;
};
