import { failureOf } from '../../../sandbox/n8n/client.mts';
import { startActionWorld, type ActionWorld } from '../support/action.mts';
import { VISITS, booking } from '../support/actionData.mts';
import { runAction } from '../support/actionRun.mts';
import { OPERATIONS } from '../support/actionTable.mts';
import { describeAnswering } from './cases/answering.mts';
import { describeClearanceDay } from './cases/clearanceDay.mts';
import { describeFailures } from './cases/failures.mts';
import { describePdf } from './cases/pdf.mts';
import { describeReconcile } from './cases/reconcile.mts';
import { describeReschedule } from './cases/reschedule.mts';
import { describeTreatmentPicker } from './cases/treatmentPicker.mts';
import { BOOT_MS, TEST_MS } from '../support/world.mts';

jest.setTimeout(TEST_MS);

let world: ActionWorld;
beforeAll(async () => {
	world = await startActionWorld();
}, BOOT_MS);
afterAll(() => world?.stop());
beforeEach(async () => {
	await world.control.reset();
	await world.control.addVisits(VISITS);
});

const withKeys = OPERATIONS.flatMap((one) => one.keys.map((key) => ({ ...one, key })));
/** Favorites are a parameter of an operation that both keys have, so the panel hides only that. */
const emrOnly = OPERATIONS.filter(
	({ keys, parameters }) => !keys.includes('client') && parameters.resource !== 'treatment',
);

/** The journal without the API's prefix and without the catalog, which every create reads once. */
const calls = async (key: string) =>
	(await world.control.calls())
		.map((call) => call.replace(` /${key}/`, ' /'))
		.filter((call) => !call.includes('/treatments'));

describe('every operation in a real n8n, on more than one item', () => {
	it.each(withKeys)(
		'$name with the $key key',
		async ({ key, parameters, items, json, calls: sent }) => {
			const result = await runAction(world, { key, parameters, items });
			expect(result.execution.error).toBeUndefined();
			expect(result.json).toEqual(json(key));
			expect((await calls(key)).sort()).toEqual(sent(key).sort());
			const journal = await world.control.journal();
			expect(new Set(journal.map(({ keyName }) => keyName))).toEqual(new Set([`${key}-test-key`]));
			// Each output item leads back to the input item that it came of.
			const tags = items.map(({ tag }) => tag);
			expect(result.pairs).toEqual(
				result.pairs.length === tags.length ? tags : result.json.map(() => tags[0]),
			);
		},
	);
});

describe('what a Client key cannot do', () => {
	it.each(emrOnly)('$name is refused before anything is sent', async ({ parameters }) => {
		const result = await runAction(world, { key: 'client', parameters, items: [booking('a')] });
		expect(failureOf(result.execution)).toMatch(/needs an EMR API key/);
		expect(await world.control.calls()).toEqual([]);
	});
});

describe('good and bad items together', () => describeFailures(() => world));
describe('the day of an appointment', () => describeClearanceDay(() => world));
describe('n8n goes on answering', () => describeAnswering(() => world));
describe('the PDF, with files on disk', () => describePdf(() => world, false));
describe('reconciling', () => describeReconcile(() => world));
describe('rescheduling', () => describeReschedule(() => world));
describe('the treatments picker', () => describeTreatmentPicker(() => world));
