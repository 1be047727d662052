import { useRecipeWorld } from '../support/useRecipeWorld.mts';
import { describeDecisionRows } from './results/decisionRows.mts';
import { describeGfeCompleted } from './results/gfeCompleted.mts';
import { describeReconciliation } from './results/reconciliation.mts';
import { describeRenewals } from './results/renewals.mts';
import { describeRequestAndWait } from './results/requestAndWait.mts';

const world = useRecipeWorld();

describe('02 GFE completed', () => describeGfeCompleted(world));
describe('12 request and wait', () => describeRequestAndWait(world));
describe('07 nightly reconciliation', () => describeReconciliation(world));
describe('08 renewals', () => describeRenewals(world));
describe('14 decision rows', () => describeDecisionRows(world));
