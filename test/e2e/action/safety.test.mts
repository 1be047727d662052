import { startActionWorld, type ActionWorld } from '../support/action.mts';
import { VISITS } from '../support/actionData.mts';
import { BOOT_MS, TEST_MS } from '../support/world.mts';
import { describeCancel } from './cases/cancel.mts';
import { describePrivacy } from './cases/privacy.mts';
import { describeRetry } from './cases/retry.mts';
import { describeRetryButton } from './cases/retryButton.mts';
import { describeStart } from './cases/start.mts';

jest.setTimeout(TEST_MS);

let world: ActionWorld;
beforeAll(async () => {
	// Everything that n8n would ever log, and all of it: what is printed is kept only in part.
	world = await startActionWorld({ N8N_LOG_LEVEL: 'debug', N8N_LOG_OUTPUT: 'console,file' });
}, BOOT_MS);
afterAll(() => world?.stop());
beforeEach(async () => {
	await world.control.reset();
	await world.control.addVisits(VISITS);
});

describe('a node that cannot start', () => describeStart(() => world));
describe('Retry On Fail', () => describeRetry(() => world));
describe('the Retry button', () => describeRetryButton(() => world));
describe('stopping an execution', () => describeCancel(() => world));
describe('what n8n stores and logs of a failure', () => describePrivacy(() => world));
