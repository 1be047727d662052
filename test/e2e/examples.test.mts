import { describeRenewals } from './examples/lists.mts';
import { describeResults } from './examples/results.mts';
import { describeReconciliation } from './examples/schedules.mts';
import { ExamplesWorld } from './support/examplesWorld.mts';
import { BOOT_MS, TEST_MS } from './support/world.mts';

jest.setTimeout(TEST_MS);

let started: ExamplesWorld;
const world = () => started;

beforeAll(async () => {
	started = await ExamplesWorld.start();
	await started.runByHand('00-create-tables.json', 'Run this once');
}, BOOT_MS);
afterAll(() => started?.stop());
beforeEach(() => started.reset());

describe('02 GFE completed', () => describeResults(world));
describe('07 nightly reconciliation', () => describeReconciliation(world));
describe('08 renewals', () => describeRenewals(world));
