import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { N8nClient } from '../n8n/client.mts';
import { installN8n } from '../n8n/install.mts';
import type { Log } from '../n8n/longStep.mts';
import { packProject } from '../n8n/pack.mts';
import { startN8n, type N8n } from '../n8n/start.mts';
import { startSimulator, type Simulator } from '../simulator/index.mts';
import { Control } from './control.mts';
import { startCrm, type Crm } from './crm.mts';
import { demoWorkflow, type DemoWorkflow } from './workflows.mts';

/** The simulator's seeded keys. */
const KEYS = { emr: 'emr-test-key', client: 'client-test-key' };

const EMR_CREDENTIAL = 'Spakinect EMR (sandbox)';
const CLIENT_CREDENTIAL = 'Spakinect Client (sandbox)';
const SHEET_HEADER =
	'"gfe_id","patient","status","all_approved","approved","conditionally_approved","deferred","undecided","evaluation_completed"\n';

interface SessionOptions {
	/** Where the spreadsheet and the PDFs go. */
	output: string;
	/** Start with an empty spreadsheet (default: keep its rows). */
	newSheet?: boolean;
	/** n8n's folder; default: a temporary one. */
	userFolder?: string;
	/** Fixed ports; what is left out gets a free one. */
	ports?: { n8n?: number; api?: number; files?: number; crm?: number };
	log: Log;
}

/** Everything that the demo and `npm start` run: simulator, CRM stand-in, n8n with our nodes. */
export interface Session {
	simulator: Simulator;
	crm: Crm;
	n8n: N8n;
	/** Path of the spreadsheet (CSV). */
	sheet: string;
	output: string;
	/** Ids of n8n's workflows. */
	workflows: Record<DemoWorkflow, string>;
	stop(): Promise<void>;
}

const prepareOutput = async (
	options: SessionOptions,
): Promise<{ output: string; sheet: string }> => {
	await mkdir(options.output, { recursive: true });
	// n8n compares real paths with the folder that it may write to.
	const output = await realpath(options.output);
	const sheet = join(output, 'gfes.csv');
	await writeFile(sheet, SHEET_HEADER, { flag: options.newSheet ? 'w' : 'wx' }).catch(
		(error: NodeJS.ErrnoException) => {
			if (error.code !== 'EEXIST') throw error;
		},
	);
	return { output, sheet };
};

const saveCredential = async (
	client: N8nClient,
	name: string,
	type: string,
	data: object,
): Promise<string> => {
	const known = (await client.listCredentials()).find((one) => one.name === name);
	if (!known) return client.createCredential(name, type, data);
	await client.updateCredential(known.id, name, type, data);
	return known.id;
};

/** Imports a workflow. One from an earlier start is kept with its changes. */
const importOnce = async (
	client: N8nClient,
	name: DemoWorkflow,
	values: Record<string, string>,
): Promise<string> => {
	const definition = await demoWorkflow(name, values);
	const known = (await client.listWorkflows()).find((one) => one.name === definition.name);
	if (!known) return (await client.createWorkflow(definition)).id;
	// A new simulator has no URL and no subscription. n8n registers only when it publishes.
	if (known.active) await client.unpublish(known.id);
	return known.id;
};

const prepareN8n = async (
	client: N8nClient,
	simulator: Simulator,
	values: { crm: string; output: string },
	log: Log,
): Promise<Record<DemoWorkflow, string>> => {
	await client.signIn();
	const account = (apiKey: string, baseUrl: string) => ({ apiKey, baseUrl, environment: 'custom' });
	const emr = { ...account(KEYS.emr, simulator.emrUrl), webhookSecret: '' };
	const emrId = await saveCredential(client, EMR_CREDENTIAL, 'spakinectApi', emr);
	const clientData = account(KEYS.client, simulator.clientUrl);
	await saveCredential(client, CLIENT_CREDENTIAL, 'spakinectClientApi', clientData);
	log('Credentials saved for an EMR key and a Client key');
	const placeholders = {
		EMR_CREDENTIAL_ID: emrId,
		EMR_CREDENTIAL_NAME: EMR_CREDENTIAL,
		CRM_URL: values.crm,
		OUTPUT_FOLDER: values.output,
	};
	const ids: Partial<Record<DemoWorkflow, string>> = {};
	for (const name of ['booking', 'results'] as const) {
		ids[name] = await importOnce(client, name, placeholders);
	}
	log('Workflows imported: booking to GFE, and GFE result to spreadsheet, PDF and CRM');
	for (const id of Object.values(ids)) await client.publish(id);
	log('Workflows published');
	return ids as Record<DemoWorkflow, string>;
};

/**
 * Starts all parts and brings n8n to the point where a booking can come in.
 * On a failure everything that was started is stopped again.
 * @throws StepError or UserError naming the step
 */
export const startSession = async (options: SessionOptions): Promise<Session> => {
	const { ports = {}, log } = options;
	const opened: Array<() => Promise<void>> = [];
	const stop = async (): Promise<void> => {
		for (const close of opened.splice(0).reverse()) await close();
	};
	try {
		// The slow parts come first: if they fail, nothing else is running yet.
		await installN8n(log);
		const tarball = await packProject(log);
		const { output, sheet } = await prepareOutput(options);
		const simulator = await startSimulator({
			port: ports.api,
			filesPort: ports.files,
			webhookRetryDelaysMs: [2000, 5000, 15_000],
		});
		opened.push(() => simulator.close());
		log(`Spakinect simulator: ${simulator.apiUrl}`);
		const crm = await startCrm(ports.crm);
		opened.push(() => crm.close());
		log(`CRM stand-in: ${crm.url}`);
		log('Starting n8n with the packed nodes (10 to 30 s on a quiet machine) …');
		const n8n = await startN8n({
			userFolder: options.userFolder,
			port: ports.n8n,
			tarball,
			log,
			env: { N8N_RESTRICT_FILE_ACCESS_TO: output },
		});
		opened.push(() => n8n.stop());
		log(`n8n: ${n8n.url}`);
		const workflows = await prepareN8n(n8n.client, simulator, { crm: crm.url, output }, log);
		await new Control(simulator.controlUrl).bookThrough(`${n8n.url}/webhook/booking`);
		return { simulator, crm, n8n, sheet, output, workflows, stop };
	} catch (error) {
		await stop();
		throw error;
	}
};
