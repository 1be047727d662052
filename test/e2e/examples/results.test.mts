import { RecipeWorld } from '../support/recipeWorld.mts';
import { BOOT_MS, TEST_MS } from '../support/world.mts';
import { describeDecisionRows } from './results/decisionRows.mts';
import { describeGfeCompleted } from './results/gfeCompleted.mts';
import { describeReconciliation } from './results/reconciliation.mts';
import { describeRenewals } from './results/renewals.mts';
import { describeRequestAndWait } from './results/requestAndWait.mts';

jest.setTimeout(TEST_MS);

let started: RecipeWorld;
const world = () => started;

beforeAll(async () => {
	started = await RecipeWorld.start();
}, BOOT_MS);
afterAll(() => started?.stop());
beforeEach(() => started.reset());
afterEach(() => expect(started.services.refused()).toEqual([]));

describe('02 GFE completed', () => describeGfeCompleted(world));
describe('12 request and wait', () => describeRequestAndWait(world));
describe('07 nightly reconciliation', () => describeReconciliation(world));
describe('08 renewals', () => describeRenewals(world));
describe('14 decision rows', () => describeDecisionRows(world));
