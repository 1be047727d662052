import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installN8n } from '../../../../sandbox/n8n/install.mts';

/** One execution in n8n's database. */
interface StoredExecution {
	id: number;
	status: string;
	/** The first visit in its data. Null if n8n stored no data. */
	gfe: string | null;
}

const READER = `
const { DatabaseSync } = require('node:sqlite');
const [file, workflowId] = process.argv.slice(1);
const db = new DatabaseSync(file, { readOnly: true });
const rows = db.prepare(
	'SELECT e.id, e.status, d.data FROM execution_entity e LEFT JOIN execution_data d ' +
	'ON d.executionId = e.id WHERE e.workflowId = ? ORDER BY e.id').all(workflowId);
process.stdout.write(JSON.stringify(rows.map(({ id, status, data }) =>
	({ id, status, gfe: /gfe-load-[0-9]+/.exec(data ?? '')?.[0] ?? null }))));
`;

/**
 * All executions of a workflow, from the SQLite file of a user folder, whether or not n8n is running. One read
 * replaces a thousand requests. n8n's own Node reads it, because older ones have no SQLite.
 */
export const storedExecutions = async (
	userFolder: string,
	workflowId: string,
): Promise<StoredExecution[]> => {
	const { node } = await installN8n(() => undefined);
	const file = join(userFolder, '.n8n', 'database.sqlite');
	const args = ['--no-warnings', '-e', READER, file, workflowId];
	const { stdout } = await promisify(execFile)(node, args, { maxBuffer: 64 * 1024 * 1024 });
	return JSON.parse(stdout) as StoredExecution[];
};

/** The number of executions of each status. */
export const countByStatus = (executions: StoredExecution[]): Record<string, number> => {
	const counts: Record<string, number> = {};
	for (const { status } of executions) counts[status] = (counts[status] ?? 0) + 1;
	return counts;
};
