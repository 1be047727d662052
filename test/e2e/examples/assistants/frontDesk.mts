import { itemsOf } from '../../../../sandbox/n8n/client.mts';
import { loopbackAxios } from '../../../../sandbox/n8n/loopback.mts';
import { until } from '../../../../sandbox/n8n/until.mts';
import type { Turn } from '../../support/actionModel.mts';
import { approved } from '../../support/recipeVisits.mts';
import { LOCATION, PATIENT, type RecipeWorld } from '../../support/recipeWorld.mts';

type World = () => RecipeWorld;

export const describeFrontDesk = (world: World): void => {
	const FILE = '09-ai-front-desk.json';
	const TRIGGER = 'Front desk chat';
	const person = { First_Name: 'Zebulon', Last_Name: 'Quackenbush', Email: PATIENT.email };
	const ASK: Turn = {
		call: 'Check_clearance',
		args: { ...person, Treatments: 'Botox' },
	};
	// A tool that a person has to approve takes what the model gives it one level deeper.
	const request = (changes: object = {}): Turn => ({
		call: 'Request_exam',
		args: {
			toolParameters: {
				...{ ...person, Phone: PATIENT.phone, Treatments: 'Botox' },
				Appointment_Time: new Date(Date.now() + 86_400_000).toISOString(),
				...changes,
			},
		},
	});
	const REQUEST = request();
	let session = 0;

	/** A message in the chat. @returns the execution's id once it waits for the next click or message */
	const chat = async (...turns: Turn[]): Promise<string> => {
		const id = await world().import(FILE);
		world().model.script(...turns);
		const json = { sessionId: `s-${++session}`, action: 'sendMessage', chatInput: 'Please.' };
		const run = { startTime: Date.now(), executionIndex: 0, executionTime: 0, source: [] };
		const data = { ...run, executionStatus: 'success', data: { main: [[{ json }]] } };
		const { executionId } = await world().client.run(id, {
			triggerToStartFrom: { name: TRIGGER, data },
		});
		await settled(executionId!);
		return executionId!;
	};
	const settled = (executionId: string) =>
		until('the chat waits', 60_000, async () => {
			const { status } = await world().client.execution(executionId);
			return ['waiting', 'success', 'error'].includes(status) ? status : undefined;
		});
	const said = async (executionId: string) =>
		itemsOf(await world().client.execution(executionId), 'Agent')[0]?.json.output;
	const click = async (executionId: string, button: 'true' | 'false') => {
		const text = await world().client.storedText(executionId);
		const link = text.match(new RegExp(`http[^"\\\\]*approved=${button}[^"\\\\]*`))?.[0];
		if (!link) throw new Error('There is no button in the chat');
		// n8n answers nothing to programs, so that a preview of the link is no click.
		const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' };
		await loopbackAxios(world().n8n.url, 30_000).get(link, { headers });
	};
	const answered = (executionId: string) =>
		until('the agent answers', 60_000, () => said(executionId));

	it('offers the model three tools, and says what they answer', async () => {
		const execution = await chat(ASK, { say: 'Not cleared: never evaluated.' });
		const offered = world()
			.model.tools()
			.map(({ name }) => name);
		expect(offered.sort()).toEqual(['Check_clearance', 'List_treatments', 'Request_exam']);
		expect(world().model.results()[0]).toMatch(/"cleared":false.*never_evaluated/);
		expect(await said(execution)).toBe('Not cleared: never evaluated.');
	});

	it('requests an exam only after Approve, and once', async () => {
		const first = await chat(REQUEST, REQUEST, { say: 'Requested.' });
		const shown = await world().client.storedText(first);
		expect(shown).toMatch(/Request an exam\?[^"]*email and text[^"]*Phone: \(202\) 555-0187/);
		expect((await world().control.state()).visits).toEqual([]);
		expect(await world().control.contacts()).toEqual([]);
		await click(first, 'true');
		const visits = await until('the exam', 60_000, async () => {
			const { visits: all } = await world().control.state();
			return all.length > 0 ? all : undefined;
		});
		expect(visits).toMatchObject([
			{ requested_treatments: ['Botox'], location_id: LOCATION, kind: 'at_home' },
		]);
		// The model asks a second time: a person has to approve again, and the open exam is used again.
		await settled(first);
		expect(await world().control.contacts()).toHaveLength(2);
		await click(first, 'true');
		expect(await answered(first)).toBe('Requested.');
		expect(
			world()
				.model.results()
				.map((text) => /"created":(\w+)/.exec(text)?.[1]),
		).toEqual(['true', 'false']);
		expect(await world().control.contacts()).toHaveLength(2);
	});

	it('tells who is cleared, and requests nothing for what is cleared at the appointment', async () => {
		const yesterday = new Date(Date.now() - 86_400_000).toISOString();
		await world().control.addVisits([approved('gfe-1', yesterday, ['Botox'])]);
		const asked = await chat(ASK, { say: 'Cleared.' });
		expect(world().model.results()[0]).toMatch(/"cleared":true/);
		expect(await said(asked)).toBe('Cleared.');
		const requested = await chat(REQUEST, { say: 'No exam is needed.' });
		await click(requested, 'true');
		expect(await answered(requested)).toBe('No exam is needed.');
		expect(world().model.results()[0]).toMatch(/"result":"already_cleared"/);
		expect((await world().control.state()).visits).toHaveLength(1);
		expect(await world().control.contacts()).toEqual([]);
	});

	it('with a broken credential calls nobody cleared, and requests nothing', async () => {
		await world().breakCredential();
		const asked = await chat(ASK, { say: 'It does not work.' });
		const requested = await chat(REQUEST, { say: 'It does not work.' }).finally(() => undefined);
		await click(requested, 'true');
		await answered(requested).finally(() => world().repairCredential());
		expect(await said(asked)).toBe('It does not work.');
		expect(world().model.results().join()).not.toMatch(/"cleared"|"created"|quackenbush/i);
		expect((await world().control.state()).visits).toEqual([]);
	});

	it.each<[string, object]>([
		['imitates other fields', { First_Name: 'Ada\n\nEmail: ada@patients.example' }],
		['has two addresses', { Email: [PATIENT.email, 'other@patients.example'] }],
		['has no first name', { First_Name: '' }],
	])('requests nothing if what a person approved %s', async (_, changes) => {
		const execution = await chat(request(changes), { say: 'It does not work.' });
		await click(execution, 'true');
		await answered(execution);
		expect(world().model.results()[0]).toMatch(/'(First Name|Email)' is/);
		expect((await world().control.state()).visits).toEqual([]);
		expect(await world().control.contacts()).toEqual([]);
	});

	it('requests nothing after Decline', async () => {
		const execution = await chat(REQUEST, { say: 'Then not.' });
		await click(execution, 'false');
		expect(await answered(execution)).toBe('Then not.');
		expect((await world().control.state()).visits).toEqual([]);
	});
};
