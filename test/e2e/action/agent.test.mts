import { failureOf, type WorkflowNode } from '../../../sandbox/n8n/client.mts';
import { startActionWorld, type ActionWorld } from '../support/action.mts';
import { fieldHints, fromAi, runAgent, tool, type FromAi } from '../support/actionAgent.mts';
import { VISITS } from '../support/actionData.mts';
import { startScriptedModel, type ScriptedModel, type Turn } from '../support/actionModel.mts';
import type { Json } from '../support/actionRun.mts';
import { BOOT_MS, TEST_MS } from '../support/world.mts';
import { describePdf } from './cases/pdf.mts';
import { FAR_DAY } from '../support/farDay.mts';

jest.setTimeout(TEST_MS);

let world: ActionWorld;
let model: ScriptedModel;
let modelCredential: string;
let hints: Record<'create' | 'checkClearance', Record<string, string>>;

beforeAll(async () => {
	model = await startScriptedModel();
	world = await startActionWorld({ N8N_DEFAULT_BINARY_DATA_MODE: 'default' });
	modelCredential = await world.client.createCredential('Model', 'openAiApi', {
		apiKey: 'stand-in',
		url: model.url,
	});
	hints = {
		create: await fieldHints(world, 'create'),
		checkClearance: await fieldHints(world, 'checkClearance'),
	};
}, BOOT_MS);
afterAll(async () => {
	await world?.stop();
	await model?.close();
});
beforeEach(async () => {
	await world.control.reset();
	await world.control.addVisits(VISITS);
});

/** Lets the model fill in these parameters, told what the panel tells a person about them. */
const filledIn = (operation: keyof typeof hints, keys: Record<string, string>): Json => {
	const fields = Object.entries(keys).map(([name, key]) => [
		name,
		{ key, description: hints[operation][name] ?? '' },
	]);
	return fromAi(Object.fromEntries(fields) as FromAi);
};

const PERSON = { firstName: 'First_Name', lastName: 'Last_Name', email: 'Email' };
const TREATMENTS = { treatments: 'Treatments' };

const clearance = (settings: Json = {}, more: Json = {}) =>
	tool(
		world,
		'Check clearance',
		{
			...{ resource: 'gfe', operation: 'checkClearance', locationId: 'loc_downtown' },
			...filledIn('checkClearance', { ...PERSON, dateOfBirth: 'Date_of_Birth', ...TREATMENTS }),
			...more,
		},
		settings,
	);

const createVisit = () =>
	tool(world, 'Request exam', {
		...{ resource: 'atHomeVisit', operation: 'create', locationId: 'loc_downtown' },
		...filledIn('create', { ...PERSON, phone: 'Phone', appointmentTime: 'Time', ...TREATMENTS }),
		options: { onExisting: 'return' },
	});

const run = (tools: WorkflowNode[], ...turns: Turn[]) =>
	runAgent(world, model, modelCredential, tools, turns);

const ada = { First_Name: 'Ada', Last_Name: 'Example', Email: 'ada@patients.example' };
const ask = (changes: Json = {}): Turn => ({
	call: 'Check_clearance',
	args: { ...ada, Date_of_Birth: '', Treatments: 'botox, dermal filler', ...changes },
});
const SAY: Turn = { say: 'Botox yes, filler no.' };

describe('what the model is offered', () => {
	it('is the operation by name, and each field with its format', async () => {
		await run([clearance()], SAY);
		expect(model.tools()).toHaveLength(1);
		const { name, description, parameters } = model.tools()[0]!;
		expect(name).toBe('Check_clearance');
		expect(description).toBe('Check clearance of a patient in Spakinect');
		expect(parameters.properties).toEqual({
			First_Name: { type: 'string', description: expect.stringMatching(/legal ID/) },
			Last_Name: { type: 'string', description: expect.stringMatching(/legal ID/) },
			Email: { type: 'string', description: expect.stringMatching(/Date of Birth, or both/) },
			Date_of_Birth: { type: 'string', description: expect.stringMatching(/1990-04-25.*month/) },
			Treatments: {
				type: 'string',
				description: expect.stringMatching(/catalog names as an array/),
			},
		});
		expect(parameters.required).toEqual(Object.keys(parameters.properties));
	});

	it('is what the person wrote, if they wrote a description', async () => {
		const toolDescription = 'May this patient be treated today?';
		await run([clearance({}, { descriptionType: 'manual', toolDescription })], SAY);
		expect(model.tools()[0]!.description).toBe(toolDescription);
	});

	it('tells how to write the phone and the time of a new visit', async () => {
		await run([createVisit()], SAY);
		const { properties } = model.tools()[0]!.parameters;
		expect(properties.Phone?.description).toMatch(/10 digits/);
		expect(properties.Time?.description).toMatch(/ISO 8601/);
	});
});

describe('a tool call', () => {
	it('gives the model the clearance, and the agent its answer', async () => {
		const { said } = await run([clearance()], ask(), SAY);
		expect(said).toBe('Botox yes, filler no.');
		const [result] = model.results().map((text) => JSON.parse(text) as unknown);
		expect(result).toEqual([
			expect.objectContaining({
				cleared: false,
				treatments: [
					expect.objectContaining({ treatment: 'Botox', cleared: true, decision: 'approved' }),
					expect.objectContaining({ treatment: 'Dermal Filler', cleared: false }),
				],
				matched_by: 'name_and_email',
			}),
		]);
	});

	it.each([
		['no email and no date of birth', { Email: '' }, /both empty\. .*Fill in at least one/],
		['a date that is none', { Date_of_Birth: '02/30/1990' }, /'Date of Birth'/],
		['a treatment that is none', { Treatments: 'botoks' }, /Botox/],
	])('with %s is refused with advice, and the model mends it', async (_, wrong, advice) => {
		const { said, execution } = await run([clearance()], ask(wrong), ask(), SAY);
		expect(execution.status).toBe('success');
		expect(said).toBe('Botox yes, filler no.');
		const [refused, mended] = model.results();
		expect(refused).toMatch(advice);
		expect(refused).not.toMatch(/Ada|Example|ada@/);
		expect(mended).toContain('"cleared":true');
	});

	it('gives the same advice where the tool is set to continue on failure', async () => {
		const tools = [clearance({ onError: 'continueRegularOutput' })];
		await run(tools, ask({ Email: '' }), SAY);
		expect(model.results()).toEqual([expect.stringMatching(/both empty\. .*Fill in at least one/)]);
	});

	it('ends the execution where the tool is set to stop, and says why', async () => {
		const tools = [clearance({ onError: 'stopWorkflow' })];
		const { execution } = await run(tools, ask({ Email: '' }), SAY);
		expect(execution.status).toBe('error');
		expect(failureOf(execution)).toMatch(/Fill in at least one/);
	});

	it('that is made twice contacts the patient once (If an Open Visit Exists: return)', async () => {
		const request: Turn = {
			call: 'Request_exam',
			args: {
				...{ First_Name: 'Nathan', Last_Name: 'Smith', Email: 'nathan@patients.example' },
				...{ Phone: '202-555-0123', Time: `${FAR_DAY}T14:30:00`, Treatments: 'Botox' },
			},
		};
		const { said } = await run([createVisit()], request, request, { say: 'Requested.' });
		expect(said).toBe('Requested.');
		const results = model.results().map((text) => (JSON.parse(text) as Json[])[0]!);
		expect(results.map(({ created }) => created)).toEqual([true, false]);
		expect(results[1]!.gfe_id).toBe(results[0]!.gfe_id);
		expect((await world.control.contacts()).map(({ channel }) => channel).sort()).toEqual([
			'email',
			'text',
		]);
	});
});

describe('the PDF, with files in memory', () => describePdf(() => world, true));
