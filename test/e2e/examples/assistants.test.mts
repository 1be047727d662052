import { RecipeWorld } from '../support/recipeWorld.mts';
import { BOOT_MS, TEST_MS } from '../support/world.mts';
import { describeFrontDesk } from './assistants/frontDesk.mts';
import { describeMcp } from './assistants/mcp.mts';

jest.setTimeout(TEST_MS);

let started: RecipeWorld;
const world = () => started;

beforeAll(async () => {
	started = await RecipeWorld.start();
}, BOOT_MS);
afterAll(() => started?.stop());
beforeEach(() => started.reset());
afterEach(() => expect(started.services.refused()).toEqual([]));

describe('09 AI front desk', () => describeFrontDesk(world));
describe('13 clearance for AI assistants (MCP)', () => describeMcp(world));
