import { createRequire } from 'node:module';
import { join } from 'node:path';
import { installFolder } from '../../../sandbox/n8n/paths.mts';

/** A tool in the form that an MCP client gets. */
export interface McpTool {
	name: string;
	description: string;
	inputSchema: { properties?: Record<string, { description?: string }>; required?: string[] };
}

/** The answer of a tool. */
export interface McpAnswer {
	isError?: boolean;
	content: Array<{ type: string; text: string }>;
}

/** The part of the official MCP client that the tests use. */
export interface McpClient {
	connect(transport: object): Promise<void>;
	getInstructions(): string | undefined;
	listTools(): Promise<{ tools: McpTool[] }>;
	callTool(call: { name: string; arguments: object }): Promise<McpAnswer>;
	close(): Promise<void>;
}

interface Sdk {
	Client: new (info: { name: string; version: string }) => McpClient;
	StreamableHTTPClientTransport: new (url: URL, options: { requestInit: RequestInit }) => object;
}

/** The MCP SDK of the pinned n8n. */
const sdk = (): Sdk => {
	const langchain = join(installFolder(), 'node_modules/@n8n/n8n-nodes-langchain/package.json');
	const load = createRequire(langchain) as (module: string) => Partial<Sdk>;
	return {
		...load('@modelcontextprotocol/sdk/client/index.js'),
		...load('@modelcontextprotocol/sdk/client/streamableHttp.js'),
	} as Sdk;
};

/**
 * Connects to an MCP server as an AI assistant does.
 *
 * @param token the bearer token, or undefined for none
 * @throws Error if the server refuses
 */
export const connectMcp = async (url: string, token?: string): Promise<McpClient> => {
	const { Client, StreamableHTTPClientTransport } = sdk();
	const client = new Client({ name: 'assistant', version: '1.0.0' });
	const headers: HeadersInit = token === undefined ? {} : { authorization: `Bearer ${token}` };
	await client.connect(
		new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }),
	);
	return client;
};
