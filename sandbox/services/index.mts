import { Calendly } from './calendly/index.mts';
import { GoogleAccount } from './google/account.mts';
import { GoogleDrive } from './google/drive/index.mts';
import { GoogleSheets } from './google/sheets/index.mts';
import { HighLevel } from './highLevel/index.mts';
import { HubSpot } from './hubspot/index.mts';
import { startProxy, type Call } from './proxy.mts';
import { Slack } from './slack.mts';
import { Tunnel } from './tunnel.mts';
import { Twilio } from './twilio.mts';

export type { Call } from './proxy.mts';
export type { NewCredential } from './shared/tokens.mts';

interface ServicesOptions {
	/** Port of the proxy. Default: a free one. */
	port?: number;
}

/** The stand-ins behind their proxy. */
export type Services = Awaited<ReturnType<typeof startServices>>;

/** Starts the proxy and all stand-ins. They are empty: fill their stores before a workflow runs. */
export const startServices = async (options: ServicesOptions = {}) => {
	const tunnel = new Tunnel();
	const google = new GoogleAccount();
	const sheets = new GoogleSheets(google);
	const drive = new GoogleDrive(google);
	const standIns = {
		google,
		sheets,
		drive,
		hubspot: new HubSpot(),
		highLevel: new HighLevel(),
		slack: new Slack(),
		twilio: new Twilio(),
		calendly: new Calendly(tunnel.reach),
	};
	const all = Object.values(standIns);
	const proxy = await startProxy(all, options.port);
	const proxies = {
		HTTPS_PROXY: proxy.url,
		HTTP_PROXY: proxy.url,
		NO_PROXY: '127.0.0.1,localhost',
	};
	// In lower case too, because the machine's lower-case variables would take precedence.
	const lower = Object.entries(proxies).map(([name, value]) => [name.toLowerCase(), value]);
	const env = { ...proxies, ...Object.fromEntries(lower), NODE_EXTRA_CA_CERTS: proxy.caFile };
	return {
		...standIns,
		/** Open it to n8n when n8n was started with a public address. */
		tunnel,
		proxyUrl: proxy.url,
		/** The certificate that a client of the proxy must trust. */
		caFile: proxy.caFile,
		/** Every request so far, oldest first. */
		calls: proxy.calls as readonly Call[],
		/** The requests to addresses without a stand-in. A workflow that sends one is wrong. */
		refused: (): Call[] => proxy.calls.filter(({ service }) => service === undefined),
		/**
		 * The variables with which n8n is started.
		 * @param options.isPublic n8n gives its webhooks a public address, which Calendly asks for. Then open the
		 * `tunnel`, and start the simulator with `reach: services.tunnel.reach`.
		 */
		env: ({ isPublic = false } = {}): Record<string, string> => ({
			...env,
			...(isPublic && { WEBHOOK_URL: `${tunnel.publicUrl}/` }),
		}),
		/** Empties all stores and the list of calls, and ends all faults. Tokens and accounts stay. */
		reset: (): void => {
			for (const standIn of all) standIn.reset();
			proxy.calls.length = 0;
		},
		stop: proxy.stop,
	};
};
