// Before the suites, so that the simulator they share is closed after the last of them.
import './support/world.mts';

// One file for several suites: n8n-core takes seconds to load, and Jest loads it anew for each file.
describe('deliveries', () => void require('./suites/webhookTrigger/deliveries.mts'));
describe('old, forged and lost deliveries', () =>
	void require('./suites/webhookTrigger/robustness.mts'));
describe('publishing', () => void require('./suites/webhookTrigger/registration.mts'));
describe('testing', () => void require('./suites/webhookTrigger/listening.mts'));
describe('API keys', () => void require('./suites/webhookTrigger/apiKeys.mts'));
