import { RecipeWorld } from '../support/recipeWorld.mts';
import { BOOT_MS, TEST_MS } from '../support/world.mts';
import { describeAudit } from './schedules/audit.mts';
import { describeChase } from './schedules/chase.mts';
import { describeDispatch } from './schedules/dispatch.mts';

jest.setTimeout(TEST_MS);

let started: RecipeWorld;
const world = () => started;

beforeAll(async () => {
	started = await RecipeWorld.start();
}, BOOT_MS);
afterAll(() => started?.stop());
beforeEach(() => started.reset());
afterEach(() => expect(started.services.refused()).toEqual([]));

describe('03 chase open exams', () => describeChase(world));
describe('10 daily clearance audit', () => describeAudit(world));
describe('11 one URL, many workflows', () => describeDispatch(world));
