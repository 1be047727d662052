import type { ActionWorld } from '../../support/action.mts';
import { fromItem } from '../../support/actionData.mts';
import { runAction } from '../../support/actionRun.mts';
import { MOST_SILENCE, silenceDuring, silenceIn } from '../../support/silence.mts';
import { node } from '../../support/workflows.mts';

interface Listed {
	patient_details: { first_name: string; last_name: string; email: string };
}

const VISITS = 5_000;
const PATIENTS = 5_000;
/** Of one name: each is compared with every visit. */
const NAMESAKES = 300;

/** n8n runs every workflow in one process: what computes for seconds keeps everybody else waiting. */
export const describeAnswering = (world: () => ActionWorld): void => {
	const askAll = async (items: Array<Record<string, unknown>>) => {
		const { waits, result } = await silenceDuring(world().client.url, () =>
			runAction(world(), {
				parameters: {
					resource: 'gfe',
					operation: 'checkClearance',
					locationId: 'loc_downtown',
					...fromItem('firstName', 'lastName', 'email', 'treatments'),
				},
				items,
				lookBack: false,
			}),
		);
		return { ...silenceIn(waits, result.execution, 'Spakinect'), result };
	};
	const itemOf = ({ patient_details: { first_name, last_name, email } }: Listed) => ({
		firstName: first_name,
		lastName: last_name,
		email,
		treatments: 'Botox, Dermal Filler',
	});

	it('answers others while 5,000 patients are checked against 5,000 visits', async () => {
		await world().control.generate(VISITS);
		const visits = (await world().control.state()).visits.slice(-VISITS) as unknown as Listed[];
		const items = Array.from({ length: PATIENTS }, (_, index) => itemOf(visits[index]!));
		const { share, asked, result } = await askAll(items);
		expect(result.json).toHaveLength(PATIENTS);
		for (const one of result.json) expect(one.matched_by).toBe('name_and_email');
		expect(asked).toBeGreaterThan(3);
		// Much of this run is n8n's own, item by item.
		expect(share).toBeLessThan(MOST_SILENCE / 2);
	});

	it('answers others if all patients of the list have one name', async () => {
		const person = { first_name: 'Ada', last_name: 'Example' };
		const visits = Array.from({ length: VISITS }, (_, index) => ({
			requested_treatments: ['Botox'],
			patient_details: { ...person, email: `ada.${index}@patients.example` },
		}));
		await world().control.addVisits(visits);
		const items = visits.slice(0, NAMESAKES).map((visit) => itemOf(visit));
		const { share, asked, result } = await askAll(items);
		expect(result.json).toHaveLength(NAMESAKES);
		expect(asked).toBeGreaterThan(3);
		expect(share).toBeLessThan(MOST_SILENCE);
	});

	it('would not if a node computed in one go', async () => {
		const compute = 'const end = Date.now() + 1_500; while (Date.now() < end);';
		const jsonOutput = `={{ (() => { ${compute} return { done: true }; })() }}`;
		const { client } = world();
		const { waits, result } = await silenceDuring(client.url, async () => {
			const { id } = await client.createWorkflow({
				name: 'Busy',
				nodes: [
					node('Start', 'n8n-nodes-base.manualTrigger', {}),
					node('Busy', 'n8n-nodes-base.set', { mode: 'raw', jsonOutput }, { typeVersion: 3.4 }),
				],
				connections: { Start: { main: [[{ node: 'Busy', type: 'main', index: 0 }]] } },
			});
			await client.run(id, { triggerToStartFrom: { name: 'Start' } });
			const [execution] = await client.waitForExecution(id);
			return execution!;
		});
		expect(silenceIn(waits, result, 'Busy').share).toBeGreaterThan(MOST_SILENCE);
	});
};
