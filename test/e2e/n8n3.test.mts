import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { N8nClient, type WorkflowDefinition } from '../../sandbox/n8n/client.mts';
import { packageName, projectRoot } from '../../sandbox/n8n/paths.mts';
import { startN8n, type N8n } from '../../sandbox/n8n/start.mts';
import { BOOT_MS, TEST_MS } from './support/world.mts';

jest.setTimeout(TEST_MS);

/** n8n's own report on what the next major version will break. */
interface MigrationReport {
	instanceResults: Array<{ ruleId: string }>;
	workflowResults: Array<{ ruleId: string; nbAffectedWorkflows: number }>;
}

interface AffectedWorkflows {
	affectedWorkflows: Array<{ name: string; issues: unknown[] }>;
}

class Client extends N8nClient {
	async migrationReport(version: 'v2' | 'v3'): Promise<MigrationReport> {
		const path = `/rest/breaking-changes/report/refresh?version=${version}`;
		const answer = await this.http.call<{ report: MigrationReport }>('report', 'POST', path);
		return answer.report;
	}

	/** The workflows a rule names, with the reasons. */
	async affectedBy(ruleId: string): Promise<AffectedWorkflows['affectedWorkflows']> {
		const path = `/rest/breaking-changes/report/${ruleId}`;
		return (await this.http.call<AffectedWorkflows>('report', 'GET', path)).affectedWorkflows;
	}

	/** What "Install a community node" in n8n's settings sends. */
	installPackage(name: string): Promise<unknown> {
		return this.http.call('install the package', 'POST', '/rest/community-packages', { name });
	}
}

const RULE = 'unverified-packages-v3';
const NODES = ['spakinect', 'spakinectPollingTrigger', 'spakinectTool', 'spakinectTrigger'];

const examples = () => {
	const folder = join(projectRoot, 'examples');
	const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
	return files.map(
		(file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as WorkflowDefinition,
	);
};

/** Starts n8n with the variable as given; `undefined` leaves it out, as most installations do. */
const start = async (unverified: string | undefined): Promise<{ n8n: N8n; client: Client }> => {
	// n8n asks its own servers before it installs a package. A closed port stands in for them.
	const env = {
		N8N_UNVERIFIED_PACKAGES_ENABLED: unverified,
		HTTPS_PROXY: 'http://127.0.0.1:9',
		N8N_COMMUNITY_PACKAGES_REGISTRY: 'http://127.0.0.1:9',
	};
	const n8n = await startN8n({ env });
	const client = new Client(n8n.url);
	await client.signIn();
	return { n8n, client };
};

const ourNodes = async (client: Client): Promise<string[]> => {
	const names = (await client.nodeTypes()).map(({ name }) => name);
	const ours = names.filter((name) => name.startsWith(`${packageName}.`));
	return [...new Set(ours)].map((name) => name.slice(packageName.length + 1)).sort();
};

describe('without N8N_UNVERIFIED_PACKAGES_ENABLED', () => {
	let n8n: N8n;
	let client: Client;
	beforeAll(async () => {
		({ n8n, client } = await start(undefined));
		for (const example of examples()) await client.createWorkflow(example);
	}, BOOT_MS);
	afterAll(() => n8n?.stop());

	it('the nodes load', async () => {
		expect(await ourNodes(client)).toEqual(NODES);
	});

	it('n8n warns that a later version will not load them', async () => {
		expect(n8n.output()).toContain('N8N_UNVERIFIED_PACKAGES_ENABLED');
		const { instanceResults } = await client.migrationReport('v3');
		expect(instanceResults.map(({ ruleId }) => ruleId)).toContain(RULE);
	});

	it('n8n names a workflow that the move concerns', async () => {
		const open = { name: 'Open', nodes: [], connections: {}, settings: { callerPolicy: 'any' } };
		const { id } = await client.createWorkflow(open);
		const { workflowResults } = await client.migrationReport('v3');
		const named = await Promise.all(workflowResults.map(({ ruleId }) => client.affectedBy(ruleId)));
		await client.deleteWorkflow(id);
		expect(named.flat().map(({ name }) => name)).toContain('Open');
	});

	it.each(['v2', 'v3'] as const)('n8n reports no example for its move to %s', async (version) => {
		expect(await client.listWorkflows()).toHaveLength(examples().length);
		const { workflowResults } = await client.migrationReport(version);
		const named = await Promise.all(workflowResults.map(({ ruleId }) => client.affectedBy(ruleId)));
		expect(workflowResults.map(({ ruleId }, index) => [ruleId, named[index]])).toEqual([]);
	});
});

describe('with N8N_UNVERIFIED_PACKAGES_ENABLED=false', () => {
	let n8n: N8n;
	let client: Client;
	beforeAll(async () => {
		({ n8n, client } = await start('false'));
	}, BOOT_MS);
	afterAll(() => n8n?.stop());

	it('n8n refuses to install the package', async () => {
		await expect(client.installPackage(packageName)).rejects.toThrow(/unverified.*forbidden/i);
	});

	it('n8n 2 still loads what is installed, and its report no longer warns', async () => {
		expect(await ourNodes(client)).toEqual(NODES);
		const { instanceResults } = await client.migrationReport('v3');
		expect(instanceResults.map(({ ruleId }) => ruleId)).not.toContain(RULE);
	});
});
