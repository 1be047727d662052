import { setTimeout as sleep } from 'node:timers/promises';
import { StepError } from './errors.mts';

/**
 * Asks every `everyMs` milliseconds until the answer isn't undefined.
 * @throws StepError naming `what` after `timeoutMs`
 */
export const until = async <T,>(
	what: string,
	timeoutMs: number,
	ask: () => Promise<T | undefined>,
	everyMs = 150,
): Promise<T> => {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined) return answer;
		if (Date.now() > deadline) throw new StepError(what, `timed out after ${timeoutMs / 1000} s`);
		await sleep(everyMs);
	}
};
