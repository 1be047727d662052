import type { ActionWorld } from '../../support/action.mts';
import { fromItem } from '../../support/actionData.mts';
import { runAction } from '../../support/actionRun.mts';
import { silenceDuring } from '../../support/silence.mts';

interface Listed {
	patient_details: { first_name: string; last_name: string; email: string };
}

const VISITS = 5_000;
const PATIENTS = 300;

/** n8n runs every workflow in one process: what computes for seconds keeps everybody else waiting. */
export const describeAnswering = (world: () => ActionWorld): void => {
	const askAll = async (items: Array<Record<string, unknown>>) =>
		await silenceDuring(world().client.url, () =>
			runAction(world(), {
				parameters: {
					resource: 'gfe',
					operation: 'checkClearance',
					locationId: 'loc_downtown',
					...fromItem('firstName', 'lastName', 'email', 'treatments'),
				},
				items,
			}),
		);
	const itemOf = ({ patient_details: { first_name, last_name, email } }: Listed) => ({
		firstName: first_name,
		lastName: last_name,
		email,
		treatments: 'Botox, Dermal Filler',
	});

	it('answers others while 300 patients are checked against 5,000 visits', async () => {
		await world().control.generate(VISITS);
		const visits = (await world().control.state()).visits.slice(-VISITS) as unknown as Listed[];
		const items = Array.from({ length: PATIENTS }, (_, index) =>
			itemOf(visits[index * Math.floor(VISITS / PATIENTS)]!),
		);
		const { longestMs, asked, result } = await askAll(items);
		expect(result.json).toHaveLength(PATIENTS);
		for (const one of result.json) expect(one.matched_by).toBe('name_and_email');
		expect(asked).toBeGreaterThan(3);
		expect(longestMs).toBeLessThan(1_000);
	});

	it('answers others if all patients of the list have one name', async () => {
		const person = { first_name: 'Ada', last_name: 'Example' };
		const visits = Array.from({ length: VISITS }, (_, index) => ({
			requested_treatments: ['Botox'],
			patient_details: { ...person, email: `ada.${index}@patients.example` },
		}));
		await world().control.addVisits(visits);
		const items = visits.slice(0, PATIENTS).map((visit) => itemOf(visit));
		const { longestMs, result } = await askAll(items);
		expect(result.json).toHaveLength(PATIENTS);
		expect(longestMs).toBeLessThan(1_000);
	});
};
