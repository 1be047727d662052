import type { Fault } from '../../../../sandbox/simulator/index.mts';
import { VISITS } from '../../support/actionData.mts';
import { connectMcp, type McpClient } from '../../support/mcp.mts';
import { readRecipe } from '../../support/recipeFile.mts';
import { MCP_TOKEN, PATIENT_DATA, type RecipeWorld } from '../../support/recipeWorld.mts';
import { approved, newVisit } from '../../support/recipeVisits.mts';

type Answer = Record<string, unknown>;

const FILE = '13-mcp-clearance.json';
const ADA = { First_Name: 'Ada', Last_Name: 'Example', Email: 'ada@patients.example' };
const QUESTION = { ...ADA, Date_of_Birth: '', Treatments: 'botox', Appointment_Time: '' };

export const describeMcp = (world: () => RecipeWorld): void => {
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

	/** Calls a tool, which never writes. @returns what it answered */
	const call = async (name: string, args: object) => {
		const since = await world().mark();
		const answer = await assistant.callTool({ name, arguments: args });
		expect(await world().writes(since)).toEqual([]);
		return answer.content.map(({ text }) => text).join('\n');
	};
	const ask = (changes: object = {}) => call('Check_clearance', { ...QUESTION, ...changes });
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
		expect(tools.map(({ name }) => name).sort()).toEqual([
			'Check_clearance',
			'Get_expiring',
			'List_treatments',
			'Reconcile',
		]);
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
		const { nodes } = readRecipe(FILE);
		const own = nodes.filter(({ type }) => type.startsWith('n8n-nodes-spakinect.'));
		expect(own.map(({ parameters }) => String(parameters.operation)).sort()).toEqual([
			'checkClearance',
			'getAll',
			'getExpiring',
			'reconcile',
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

	describe('Get expiring', () => {
		const DAY = 86_400_000;
		const expiring = (days: number) => call('Get_expiring', { Within_Days: days });
		/** Evaluated so that an approval of a year ends in so many days. */
		const endingIn = (days: number, treatment: string) => {
			const evaluated = new Date(Date.now() - (365 - days) * DAY).toISOString();
			return approved(`gfe-${days}`, evaluated, [treatment]);
		};

		it('lists the approvals that end soon, and no other', async () => {
			await world().control.addVisits([endingIn(20, 'Botox'), endingIn(100, 'Dermal Filler')]);
			expect(JSON.parse(await expiring(30))).toMatchObject([
				{ gfe_id: 'gfe-20', treatment: 'Botox', result: 'expiring' },
			]);
			expect(JSON.parse(await expiring(120))).toHaveLength(2);
		});

		it('is no empty list if Spakinect cannot be read', async () => {
			await world().control.addVisits([endingIn(20, 'Botox')]);
			await world().control.faults({ kind: 'status', status: 403, match: { path: '/gfes/' } });
			const answer = await expiring(30);
			expect(answer).toMatch(/[A-Z].{30,}/);
			expect(answer).not.toMatch(/^\[\]$|gfe-20|Quackenbush/);
		});
	});

	describe('Reconcile', () => {
		const compare = (gfeId: string, eventId = '') =>
			call('Reconcile', { GFE_ID: gfeId, Event_ID: eventId });

		it('tells whether the record is up to date, and names no patient', async () => {
			const done = approved('gfe-done', new Date(Date.now() - 3_600_000).toISOString(), ['Botox']);
			await world().control.addVisits([done]);
			const text = await compare('gfe-done');
			const [changed, ...others] = JSON.parse(text) as Answer[];
			expect(others).toEqual([]);
			expect(changed).toMatchObject({ result: 'changed', gfe_id: 'gfe-done' });
			expect(text).not.toMatch(PATIENT_DATA);
			const [same] = JSON.parse(await compare('gfe-done', String(changed!.event_id))) as Answer[];
			expect(same).toMatchObject({ result: 'same' });
			const open = await newVisit(world(), ['Botox']);
			expect(JSON.parse(await compare(open))).toMatchObject([{ result: 'same' }]);
		});

		it('knows no exam that is not there, and lists no other', async () => {
			const text = await compare('gfe-nowhere');
			expect(JSON.parse(text)).toMatchObject([{ result: 'not_found' }]);
			expect(JSON.parse(await compare(''))).toMatchObject([{ result: 'no_gfe_id' }]);
			expect(text).not.toMatch(/Ada|ada@/);
		});

		it('says nothing of a record if Spakinect cannot be read', async () => {
			await world().control.faults({ kind: 'status', status: 403, match: { path: '/gfes/' } });
			expect(await compare('gfe-nowhere')).not.toMatch(/not_found|"same"/);
		});
	});

	it('with a broken credential answers nothing that passes for a result', async () => {
		await world().breakCredential();
		const answers = [
			await ask(),
			await call('Get_expiring', { Within_Days: 30 }),
			await call('Reconcile', { GFE_ID: 'gfe-1', Event_ID: '' }),
		];
		await world().repairCredential();
		for (const answer of answers) {
			expect(answer).toMatch(/[A-Z].{20,}/);
			expect(answer).not.toMatch(/"cleared"|"result"|Ada|ada@/);
		}
	});

	it('lists the treatments', async () => {
		const answer = await assistant.callTool({ name: 'List_treatments', arguments: {} });
		expect(answer.content[0]!.text).toMatch(/Dermal Filler/);
	});

	it('runs no tool that is not there', async () => {
		const request = { name: 'Request_exam', arguments: QUESTION };
		const answer = await assistant.callTool(request).catch((error: Error) => error);
		expect(JSON.stringify(answer instanceof Error ? answer.message : answer)).toMatch(/not found/i);
		expect((await world().control.state()).visits).toHaveLength(VISITS.length);
	});
};
