import { createHmac, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { WorkflowNode } from '../sandbox/n8n/client.mts';
import { goal, median, ratio, table } from './measure.mts';
import { startN8n, type N8n } from '../sandbox/n8n/start.mts';
import type { Rig } from './rig.mts';

const DELIVERIES = 200;
const WIDTH = 20;
const ROUNDS = 3;
const KEY = 'emr-test-key';

const KINDS = ['ours', 'expression', 'webhook', 'forged', 'unsigned'] as const;
type Kind = (typeof KINDS)[number];

interface Target {
	url: string;
	workflowId: string;
	/** What every answer must be. */
	status: number;
	sign(body: string): string;
}

const hmac = (body: string, key: string) => createHmac('sha256', key).update(body).digest('hex');

const delivery = (): string =>
	JSON.stringify({
		event: 'visit.completed',
		timestamp: Date.now(),
		success: true,
		data: {
			location_id: 'loc_downtown',
			gfe_id: randomUUID(),
			status: 'Completed',
			requested_treatments: ['Botox', 'Dermal Filler'],
			approved_treatments: ['Botox'],
			conditionally_approved_treatments: [],
			deferred_treatments: ['Dermal Filler'],
			evaluation_completed: new Date().toISOString(),
			patient_details: { name: 'Ada Example', email: 'ada@patients.example', dob: '04/25/1990' },
		},
	});

/** Sends one body. @returns the status of the answer */
const post = (agent: Agent, url: string, body: string, signature: string): Promise<number> =>
	new Promise((resolve, reject) => {
		const headers = {
			'content-type': 'application/json',
			'content-length': Buffer.byteLength(body),
			'x-signature': signature,
		};
		const sent = request(url, { method: 'POST', agent, headers }, (response) => {
			response.resume();
			response.on('end', () => resolve(response.statusCode ?? 0));
		});
		sent.on('error', reject);
		sent.end(body);
	});

/** Sends all deliveries of a round, 20 at a time. @returns answers per second */
const sendRound = async ({ url, status, sign }: Target): Promise<number> => {
	const bodies = Array.from({ length: DELIVERIES }, delivery);
	const queue = bodies.map((body) => [body, sign(body)] as const).values();
	const agent = new Agent({ keepAlive: true, maxSockets: WIDTH });
	const began = performance.now();
	const worker = async () => {
		for (const [body, signature] of queue) {
			const answer = await post(agent, url, body, signature);
			if (answer !== status) throw new Error(`answered ${answer} instead of ${status}`);
		}
	};
	await Promise.all(Array.from({ length: WIDTH }, worker));
	const seconds = (performance.now() - began) / 1000;
	agent.destroy();
	return DELIVERIES / seconds;
};

/** Waits until nothing runs, so that rounds do not overlap. */
const idle = async (n8n: N8n, workflowId: string): Promise<void> => {
	for (;;) {
		await new Promise((resolve) => setTimeout(resolve, 500));
		const newest = await n8n.client.executions(workflowId);
		if (newest.every(({ status }) => !['new', 'running'].includes(status))) return;
	}
};

/** Publishes a workflow of one trigger. */
const publish = async ({ client }: N8n, trigger: Partial<WorkflowNode>): Promise<string> => {
	const node = { id: randomUUID(), name: 'Trigger', position: [0, 0], ...trigger } as WorkflowNode;
	const workflow = { name: `Bench ${node.type}`, nodes: [node], connections: {} };
	const { id } = await client.createWorkflow(workflow);
	await client.publish(id);
	return id;
};

/** n8n's own Webhook node, which answers immediately. */
const publishWebhook = async (n8n: N8n, path: string, options: object): Promise<string> =>
	await publish(n8n, {
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: randomUUID(),
		parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options },
	});

const targetsOf = async (
	n8n: N8n,
	credential: Rig['credential'],
): Promise<Record<Kind, Target>> => {
	const webhookId = randomUUID();
	const ours = await publish(n8n, {
		type: 'n8n-nodes-spakinect.spakinectTrigger',
		typeVersion: 1,
		webhookId,
		parameters: { authentication: 'emr', locationIds: ['loc_downtown'] },
		credentials: { spakinectApi: credential },
	});
	const plain = await publishWebhook(n8n, 'bench', {});
	// An expression makes n8n prepare its engine for the request, as for every other trigger.
	const expression = await publishWebhook(n8n, 'bench-expression', {
		responseData: '={{ "received" }}',
	});
	const signed = (key: string) => (body: string) => hmac(body, key);
	const url = (path: string) => `${n8n.url}/webhook/${path}`;
	const own = { url: url(`${webhookId}/webhook`), workflowId: ours };
	return {
		ours: { ...own, status: 200, sign: signed(KEY) },
		expression: {
			url: url('bench-expression'),
			workflowId: expression,
			status: 200,
			sign: signed(KEY),
		},
		webhook: { url: url('bench'), workflowId: plain, status: 200, sign: signed(KEY) },
		forged: { ...own, status: 401, sign: signed('not-the-key') },
		unsigned: { ...own, status: 401, sign: () => '' },
	};
};

const NAMES: Record<Kind, string> = {
	ours: 'Spakinect Trigger',
	expression: 'Webhook node with an expression',
	webhook: 'Webhook node',
	forged: 'refused: wrong signature',
	unsigned: 'refused: no signature',
};

/** Runs the kinds in turn, because the machine's speed drifts. */
const measure = async (n8n: N8n, credential: Rig['credential'], title: string): Promise<void> => {
	const targets = await targetsOf(n8n, credential);
	const rates: Record<Kind, number[]> = {
		ours: [],
		expression: [],
		webhook: [],
		forged: [],
		unsigned: [],
	};
	for (let round = 0; round < ROUNDS + 1; round += 1) {
		for (const kind of KINDS) {
			const rate = await sendRound(targets[kind]);
			await idle(n8n, targets[kind].workflowId);
			// The first round warms up.
			if (round > 0) rates[kind].push(rate);
		}
	}
	for (const kind of ['ours', 'expression', 'webhook'] as const) {
		await n8n.client.unpublish(targets[kind].workflowId);
	}
	const rate = (kind: Kind) => median(rates[kind]);
	const range = (values: number[]) =>
		`${Math.min(...values).toFixed(0)}–${Math.max(...values).toFixed(0)}/s`;
	console.log(
		`\n${DELIVERIES} deliveries, ${WIDTH} in parallel, median of ${ROUNDS} rounds, ${title}`,
	);
	table([
		['', 'answered', 'all rounds', 'to Webhook'],
		...KINDS.map((kind) => [
			NAMES[kind],
			`${rate(kind).toFixed(0)}/s`,
			range(rates[kind]),
			ratio(rate(kind) / rate('webhook')),
		]),
	]);
	const compare = (one: Kind, other: Kind, least: number) => {
		const value = rate(one) / rate(other);
		console.log(
			`  ${NAMES[one]}/${NAMES[other]} ${ratio(value)} ${goal(value >= least, `≥ ${least}`)}`,
		);
	};
	compare('ours', 'webhook', 0.95);
	compare('ours', 'expression', 0.95);
	compare('forged', 'ours', 3);
	compare('unsigned', 'ours', 3);
};

/**
 * Deliveries that our trigger accepts and refuses, against n8n's own Webhook node with its immediate
 * answer. n8n 2 prepares a fresh expression engine (an isolate) for every request to a trigger, another
 * for its credential and another for the execution, which costs more than everything else. Only the
 * plain Webhook node skips the first two. So this measures n8n with its default engine, and with the engine of
 * n8n 1, which needs no isolates and shows the cost of the trigger itself.
 */
export async function benchDeliveries(rig: Rig): Promise<void> {
	await rig.control('post', '/reset');
	await measure(rig.n8n, rig.credential, 'n8n as it comes');
	const n8n = await startN8n({ env: { N8N_EXPRESSION_ENGINE: 'legacy' } });
	try {
		await n8n.client.signIn();
		const { simulator } = rig;
		const data = { apiKey: KEY, environment: 'custom', baseUrl: simulator.emrUrl };
		const id = await n8n.client.createCredential('EMR', 'spakinectApi', data);
		const credential = { id, name: 'EMR' };
		await measure(n8n, credential, 'N8N_EXPRESSION_ENGINE=legacy');
	} finally {
		await n8n.stop();
	}
}
