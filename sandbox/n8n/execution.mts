import { parse } from 'flatted';
import type { Execution, ExecutionSummary } from './clientTypes.mts';

/** An execution from n8n's REST interface. Its data is one flattened text. */
export type RawExecution = ExecutionSummary & { data?: unknown };

/** Unpacks the data of an execution. An execution without data has no runs. */
export const readExecution = (raw: RawExecution): Execution => {
	const { data, ...summary } = raw;
	const whole = (typeof data === 'string' && data !== '' ? (parse(data) as unknown) : data) as
		{ resultData?: Pick<Execution, 'runData' | 'error'> } | undefined;
	return { ...summary, runData: whole?.resultData?.runData ?? {}, error: whole?.resultData?.error };
};
