import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf, runMain } from '../n8n/errors.mts';
import { projectRoot } from '../n8n/paths.mts';
import { startSession } from './session.mts';
import { playStory } from './story.mts';

const began = Date.now();
const say = (line: string): void => {
	console.log(`[${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s] ${line}`);
};

const main = async (): Promise<void> => {
	const { values } = parseArgs({
		// Not the folder of `npm start`: its spreadsheet keeps its rows.
		options: { output: { type: 'string', default: join(projectRoot, 'output', 'demo') } },
	});
	const session = await startSession({ output: values.output, newSheet: true, log: say });
	const interrupted = () => {
		say('Stopping …');
		void session.stop().finally(() => process.exit(130));
	};
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted);
	try {
		await playStory(session, say);
	} finally {
		await session.stop().catch((error: unknown) => say(`Stopping: ${messageOf(error)}`));
	}
	say('Done: everything worked.');
};

await runMain(main);
