import type { StoredWorkflow, WorkflowDefinition } from '../../../sandbox/n8n/client.mts';
import { ActionClient } from './action.mts';

/** A row of a Data Table. */
export type Row = Record<string, unknown>;

const EVERY_ROW = JSON.stringify({
	type: 'and',
	filters: [{ columnName: 'id', condition: 'gte', value: 0 }],
});

/** n8n's REST interface with the Data Tables calls of its editor. */
export class ExamplesClient extends ActionClient {
	private project = '';

	private async tables(): Promise<Map<string, string>> {
		this.project ||= (
			await this.http.call<{ id: string }>('find the project', 'GET', '/rest/projects/personal')
		).id;
		const path = `/rest/projects/${this.project}/data-tables`;
		const list = await this.http.call<unknown>('list the tables', 'GET', path);
		const found = Array.isArray(list) ? list : (list as { data: unknown[] }).data;
		return new Map((found as Array<Record<string, string>>).map(({ name, id }) => [name!, id!]));
	}

	private async table(name: string): Promise<string> {
		const id = (await this.tables()).get(name);
		if (!id) throw new Error(`There is no table "${name}"`);
		return `/rest/projects/${this.project}/data-tables/${id}`;
	}

	async tableNames(): Promise<string[]> {
		return [...(await this.tables()).keys()].sort();
	}

	async rows(name: string): Promise<Row[]> {
		const path = `${await this.table(name)}/rows?take=200`;
		const page = await this.http.call<{ data: Row[] } | Row[]>('read the rows', 'GET', path);
		return Array.isArray(page) ? page : page.data;
	}

	async insertRows(name: string, ...data: Row[]): Promise<void> {
		await this.http.call('insert rows', 'POST', `${await this.table(name)}/insert`, { data });
	}

	/** Changes the rows in which each column of `match` has its text. */
	async updateRows(name: string, match: Record<string, string>, data: Row): Promise<void> {
		const filters = Object.entries(match).map(([columnName, value]) => ({
			...{ columnName, condition: 'eq', value },
		}));
		const body = { filter: { type: 'and', filters }, data };
		await this.http.call('update rows', 'PATCH', `${await this.table(name)}/rows`, body);
	}

	/** Renames a table during `work`, as if a user had renamed it. */
	async withoutTable(name: string, act: () => Promise<void>): Promise<void> {
		const path = await this.table(name);
		const rename = (to: string) => this.http.call('rename a table', 'PATCH', path, { name: to });
		// n8n finds a table by part of its name.
		await rename('away');
		try {
			await act();
		} finally {
			await rename(name);
		}
	}

	async clearRows(name: string): Promise<void> {
		const path = `${await this.table(name)}/rows?filter=${encodeURIComponent(EVERY_ROW)}`;
		await this.http.call('clear the table', 'DELETE', path);
	}

	/** Saves exactly what the editor would save after an import. */
	importWorkflow(definition: WorkflowDefinition): Promise<StoredWorkflow> {
		return this.http.call(`import "${definition.name}"`, 'POST', '/rest/workflows', definition);
	}
}
