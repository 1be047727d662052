import { describeMcp } from './examples/assistants.mts';
import { describeBroken } from './examples/broken.mts';
import { describeAudit } from './examples/lists.mts';
import { describeFrontDesk } from './examples/people.mts';
import { describeChase } from './examples/schedules.mts';
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

describe('03 chase open exams', () => describeChase(world));
describe('with a broken credential', () => describeBroken(world));
describe('09 AI front desk', () => describeFrontDesk(world));
describe('10 daily clearance audit', () => describeAudit(world));
describe('13 clearance for AI assistants (MCP)', () => describeMcp(world));
