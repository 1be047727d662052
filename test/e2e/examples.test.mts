import { describeMcp } from './examples/assistants.mts';
import { describeBookings } from './examples/bookings.mts';
import { describeBroken } from './examples/broken.mts';
import { describeCancelled, describeRescheduled } from './examples/changes.mts';
import { describeRenewals } from './examples/lists.mts';
import { describeFrontDesk, describeWalkIn } from './examples/people.mts';
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

describe('00 create tables', () => {
	it('makes both, and changes nothing the second time', async () => {
		await world().client.insertRows('gfe_bookings', { gfe_id: 'kept' });
		await world().runByHand('00-create-tables.json', 'Run this once');
		expect(await world().client.tableNames()).toEqual(['gfe_bookings', 'gfe_decisions']);
		expect(await world().bookings()).toMatchObject([{ gfe_id: 'kept' }]);
	});
});

describe('01 booking to GFE', () => describeBookings(world));
describe('02 GFE completed', () => describeResults(world));
describe('04 booking cancelled', () => describeCancelled(world));
describe('05 booking rescheduled', () => describeRescheduled(world));
describe('with a broken credential', () => describeBroken(world));
describe('06 walk-in', () => describeWalkIn(world));
describe('07 nightly reconciliation', () => describeReconciliation(world));
describe('08 renewals', () => describeRenewals(world));
describe('09 AI front desk', () => describeFrontDesk(world));
describe('13 clearance for AI assistants (MCP)', () => describeMcp(world));
