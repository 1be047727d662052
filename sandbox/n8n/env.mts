import { delimiter, dirname } from 'node:path';

/** Where this n8n runs. */
interface N8nSettings {
	node: string;
	userFolder: string;
	port: number;
	brokerPort: number;
}

/** Settings of the user's own n8n, of Jest and of npm must not reach the sandbox's n8n. */
const FOREIGN =
	/^(N8N_|DB_|EXECUTIONS_|QUEUE_|CREDENTIALS_|WEBHOOK_URL|NODES_|npm_|JEST_|NODE_ENV|NODE_OPTIONS|NODE_PATH|TS_)/i;

/**
 * The environment of a private n8n on loopback that calls nobody: no telemetry, no announcements, no templates.
 * `extra` overrides everything.
 */
export const n8nEnv = (
	settings: N8nSettings,
	extra: NodeJS.ProcessEnv = {},
	base: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv => {
	const inherited = Object.fromEntries(
		Object.entries(base).filter(([name]) => !FOREIGN.test(name)),
	);
	const url = `http://127.0.0.1:${settings.port}/`;
	return {
		...inherited,
		PATH: `${dirname(settings.node)}${delimiter}${base.PATH ?? ''}`,
		// Requests to the sandbox's own addresses must not go through a proxy.
		NO_PROXY: [base.NO_PROXY ?? base.no_proxy, '127.0.0.1', 'localhost'].filter(Boolean).join(','),
		NODE_ENV: 'production',
		N8N_USER_FOLDER: settings.userFolder,
		N8N_PORT: String(settings.port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PROTOCOL: 'http',
		N8N_EDITOR_BASE_URL: url,
		WEBHOOK_URL: url,
		N8N_SECURE_COOKIE: 'false',
		N8N_RUNNERS_BROKER_PORT: String(settings.brokerPort),
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		// These modules call n8n's servers at each start.
		N8N_DISABLED_MODULES: 'insights,mcp-registry,instance-ai',
		N8N_LOG_LEVEL: 'warn',
		...extra,
	};
};
