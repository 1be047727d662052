import type { CredentialTestResult } from './clientTypes.mts';
import { StepError } from './errors.mts';
import { N8nHttp } from './http.mts';

/** The sandbox's only user. Not a secret: the n8n that it opens listens on loopback. */
export const OWNER = {
	email: 'owner@spakinect.example',
	firstName: 'Sandbox',
	lastName: 'Owner',
	password: 'Spakinect-1234',
} as const;

/** The part of n8n's REST interface for the user, the credentials and the node types. */
export class N8nAccount {
	protected readonly http: N8nHttp;

	constructor(readonly url: string) {
		this.http = new N8nHttp(url);
	}

	/** Creates the owner of a fresh n8n and signs in. */
	async setupOwner(): Promise<void> {
		await this.http.call('create the owner', 'POST', '/rest/owner/setup', OWNER);
	}

	async login(): Promise<void> {
		await this.http.call('sign in', 'POST', '/rest/login', {
			emailOrLdapLoginId: OWNER.email,
			password: OWNER.password,
		});
	}

	/** Signs in, creating the owner first in a fresh n8n. */
	async signIn(): Promise<void> {
		const settings = await this.http.call<{
			userManagement?: { showSetupOnFirstLoad?: boolean };
		}>('read the settings', 'GET', '/rest/settings');
		await (settings.userManagement?.showSetupOnFirstLoad ? this.setupOwner() : this.login());
	}

	/** @returns the credential's ID */
	async createCredential(name: string, type: string, data: object): Promise<string> {
		const body = { name, type, data };
		const made = await this.http.call<{ id: string }>(
			`create the credential "${name}"`,
			'POST',
			'/rest/credentials',
			body,
		);
		return made.id;
	}

	async updateCredential(id: string, name: string, type: string, data: object): Promise<void> {
		const body = { name, type, data };
		await this.http.call(`save the credential "${name}"`, 'PATCH', `/rest/credentials/${id}`, body);
	}

	/** The editor's "Test" of a saved credential. */
	testCredential(
		id: string,
		name: string,
		type: string,
		data: object,
	): Promise<CredentialTestResult> {
		const credentials = { id, name, type, data };
		const path = '/rest/credentials/test';
		return this.http.call(`test the credential "${name}"`, 'POST', path, { credentials });
	}

	/**
	 * Finishes "Connect my account" of an OAuth credential: asks n8n for its state and brings back the code that
	 * the vendor's page would have sent.
	 * @throws StepError with n8n's reason
	 */
	async finishOAuth(id: string, code: string): Promise<void> {
		const step = 'connect the account';
		const page = await this.http.call<string>(step, 'GET', `/rest/oauth2-credential/auth?id=${id}`);
		const state = new URL(page).searchParams.get('state') ?? '';
		const query = new URLSearchParams({ code, state });
		const path = `/rest/oauth2-credential/callback?${query.toString()}`;
		const answer = await this.http.send('GET', path);
		// n8n answers 200 with a page of text either way.
		const text = String(answer.data);
		if (answer.status >= 400 || text.includes('Failed to connect')) {
			const reason = /<h4>Error: ([^<]*)/.exec(text)?.[1];
			throw new StepError(step, reason ?? `n8n answered ${answer.status}`);
		}
	}

	listCredentials(): Promise<Array<{ id: string; name: string; type: string }>> {
		return this.http.call('list the credentials', 'GET', '/rest/credentials');
	}

	/** The node descriptions that the editor gets. */
	async nodeTypes(): Promise<Array<{ name: string; displayName: string; [key: string]: unknown }>> {
		const list = await this.http.call<unknown>('list the node types', 'GET', '/types/nodes.json');
		return list as Array<{ name: string; displayName: string }>;
	}

	/** A mark that changes when n8n writes the node descriptions again. */
	async nodeTypesVersion(): Promise<string> {
		const { headers } = await this.http.send('HEAD', '/types/nodes.json');
		return String(headers.etag);
	}

	/** The choices of a drop-down with `loadOptionsMethod`. `credentials` maps the type to `{ id, name }`. */
	dynamicOptions(request: {
		node: string;
		version?: number;
		path: string;
		methodName: string;
		parameters: Record<string, unknown>;
		credentials: Record<string, { id: string; name: string }>;
	}): Promise<Array<{ name: string; value: unknown; description?: string }>> {
		const path = '/rest/dynamic-node-parameters/options';
		return this.http.call(`load the options of ${request.path}`, 'POST', path, {
			nodeTypeAndVersion: { name: request.node, version: request.version ?? 1 },
			path: request.path,
			methodName: request.methodName,
			currentNodeParameters: request.parameters,
			credentials: request.credentials,
		});
	}

	/** The choices in the list of a resource locator. */
	async listSearch(request: {
		node: string;
		path: string;
		methodName: string;
		filter?: string;
		parameters: Record<string, unknown>;
		credentials: Record<string, { id: string; name: string }>;
	}): Promise<Array<{ name: string; value: unknown }>> {
		const path = '/rest/dynamic-node-parameters/resource-locator-results';
		const { results } = await this.http.call<{
			results: Array<{ name: string; value: unknown }>;
		}>(`search the list of ${request.path}`, 'POST', path, {
			nodeTypeAndVersion: { name: request.node, version: 1 },
			path: request.path,
			methodName: request.methodName,
			filter: request.filter,
			currentNodeParameters: request.parameters,
			credentials: request.credentials,
		});
		return results;
	}
}
