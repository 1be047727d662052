import type { Fault } from '../../../sandbox/simulator/index.mts';
import { VISITS } from '../support/actionData.mts';
import { readExample } from '../support/examples.mts';
import { MCP_TOKEN, type ExamplesWorld } from '../support/examplesWorld.mts';
import { connectMcp, type McpClient } from '../support/mcp.mts';

type Answer = Record<string, unknown>;

const FILE = '13-mcp-clearance.json';
const ADA = { First_Name: 'Ada', Last_Name: 'Example', Email: 'ada@patients.example' };
const QUESTION = { ...ADA, Date_of_Birth: '', Treatments: 'botox', Appointment_Time: '' };

export const describeMcp = (world: () => ExamplesWorld): void => {
	let id = '';
	let url = '';
	let assistant: McpClient;
	beforeAll(async () => {
		id = await world().publish(FILE);
		url = `${world().n8n.url}/mcp/spakinect-clearance`;
		assistant = await connectMcp(url, MCP_TOKEN);
	});
	afterAll(async () => {
		await assistant?.close();
		await world().client.unpublish(id);
	});
	beforeEach(() => world().control.addVisits(VISITS));

	/** Asks with these changes. @returns what the tool answered */
	const ask = async (changes: object = {}) => {
		const since = await world().mark();
		const answer = await assistant.callTool({
			name: 'Check_clearance',
			arguments: { ...QUESTION, ...changes },
		});
		expect(await world().writes(since)).toEqual([]);
		return answer.content.map(({ text }) => text).join('\n');
	};
	const clearance = async (changes: object = {}): Promise<Answer> =>
		(JSON.parse(await ask(changes)) as Answer[])[0]!;

	it.each([
		['no token', undefined],
		['another token', `${MCP_TOKEN}x`],
	])('refuses who has %s', async (_, token) => {
		await expect(connectMcp(url, token)).rejects.toThrow(/403|Authorization|Forbidden/);
	});

	it('offers tools that read, and says what counts', async () => {
		const { tools } = await assistant.listTools();
		expect(tools.map(({ name }) => name).sort()).toEqual(['Check_clearance', 'List_treatments']);
		for (const { description } of tools) expect(description).toMatch(/Contacts nobody/);
		const check = tools.find(({ name }) => name === 'Check_clearance')!;
		expect(check.description).toMatch(/Only cleared: true/);
		expect(Object.keys(check.inputSchema.properties ?? {}).sort()).toEqual(
			Object.keys(QUESTION).sort(),
		);
		expect(assistant.getInstructions()).toMatch(/only if .* cleared: true/);
		expect(assistant.getInstructions()).toMatch(/contact nobody/);
	});

	it('has no node that writes, not even one that is not connected', () => {
		const { nodes } = readExample(FILE);
		const own = nodes.filter(({ type }) => type.startsWith('n8n-nodes-spakinect.'));
		expect(own.map(({ parameters }) => String(parameters.operation)).sort()).toEqual([
			'checkClearance',
			'getAll',
		]);
	});

	it('answers whether the patient is cleared, and contacts nobody', async () => {
		expect(await clearance()).toMatchObject({
			cleared: true,
			treatments: [{ treatment: 'Botox', cleared: true, decision: 'approved' }],
		});
		expect(await clearance({ Treatments: 'Botox, Dermal Filler' })).toMatchObject({
			cleared: false,
			treatments: [{ cleared: true }, { cleared: false }],
		});
		expect(await world().control.contacts()).toEqual([]);
	});

	it('answers for the time of the appointment', async () => {
		const inTwoYears = new Date(Date.now() + 2 * 365 * 86_400_000).toISOString();
		expect(await clearance({ Appointment_Time: inTwoYears })).toMatchObject({
			cleared: false,
			treatments: [{ reason: 'expired' }],
		});
	});

	it.each([
		['a patient who is not known by anything but the name', { Email: '' }, /Fill in at least one/],
		['a treatment that does not exist', { Treatments: 'botoks' }, /Botox/],
		['a date that does not exist', { Email: '', Date_of_Birth: '02/30/1990' }, /Date of Birth/],
	])('refuses %s with advice, and names nobody', async (_, changes, advice) => {
		const answer = await ask(changes);
		expect(answer).toMatch(advice);
		expect(answer).not.toMatch(/"cleared":\s*true|Ada|ada@/);
	});

	it.each<Fault>([
		{ kind: 'status', status: 401 },
		{ kind: 'status', status: 404 },
		{ kind: 'success_false' },
		{ kind: 'html' },
	])('a list that cannot be read ($kind) is no answer', async (fault) => {
		await world().control.faults({ ...fault, match: { path: '/gfes/' } });
		const answer = await ask();
		expect(answer).toMatch(/[A-Z].{30,}/);
		expect(answer).not.toMatch(/"cleared"|Ada|ada@/);
	});

	it('gives each of many questions at once its own answer', async () => {
		const ben = { First_Name: 'Ben', Last_Name: 'Sample', Email: 'ben@patients.example' };
		const questions = Array.from({ length: 6 }, (_, n) => (n % 2 === 0 ? {} : ben));
		const answers = await Promise.all(questions.map((changes) => clearance(changes)));
		expect(answers.map(({ cleared }) => cleared)).toEqual(
			questions.map((one) => !('Email' in one)),
		);
	});

	it('lists the treatments', async () => {
		const answer = await assistant.callTool({ name: 'List_treatments', arguments: {} });
		expect(answer.content[0]!.text).toMatch(/Dermal Filler/);
	});

	it('runs no tool that is not there', async () => {
		const call = { name: 'Request_exam', arguments: QUESTION };
		const answer = await assistant.callTool(call).catch((error: Error) => error);
		expect(JSON.stringify(answer instanceof Error ? answer.message : answer)).toMatch(/not found/i);
		expect((await world().control.state()).visits).toHaveLength(VISITS.length);
	});
};
