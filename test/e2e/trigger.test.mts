import { describeListening, describeTimeout } from './trigger/cases/listening.mts';
import { describePolling } from './trigger/cases/polling.mts';
import { describePublishing } from './trigger/cases/publishing.mts';
import { describeRequests } from './trigger/cases/requests.mts';
import { describeRestart } from './trigger/cases/restart.mts';
import { TriggerWorld } from './trigger/support/world.mts';
import { BOOT_MS, TEST_MS } from './support/world.mts';

jest.setTimeout(TEST_MS);

let running: TriggerWorld | undefined;
const world = (): TriggerWorld => running!;

beforeAll(async () => {
	running = await TriggerWorld.start();
}, BOOT_MS);
afterAll(() => running?.stop());

describe('the triggers in a real n8n', () => {
	describePublishing(world);
	describeListening(world);
	describeRequests(world);
	describePolling(world);
	// Begins before the others, since it takes two minutes; n8n is restarted only after it.
	describeTimeout(world);
	describeRestart(world);
});
