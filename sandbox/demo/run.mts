import { messageOf, runMain } from '../n8n/errors.mts';
import { playThrough } from './playthrough.mts';
import { startSession } from './session.mts';

const began = Date.now();
const say = (line: string): void => {
	console.log(`[${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s] ${line}`);
};

const main = async (): Promise<void> => {
	const session = await startSession({ log: say });
	const interrupted = () => {
		say('Stopping …');
		void session.stop().finally(() => process.exit(130));
	};
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted);
	try {
		await playThrough(session, say);
	} finally {
		await session.stop().catch((error: unknown) => say(`Stopping: ${messageOf(error)}`));
	}
	say('Done: everything worked.');
};

await runMain(main);
