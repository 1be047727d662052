// Before the suites, so that the simulator they share is closed after the last of them.
import './support/world.mts';

// One file for several suites: n8n-core takes seconds to load, and Jest loads it anew for each file.
describe('events', () => void require('./suites/pollingTrigger/events.mts'));
describe('state', () => void require('./suites/pollingTrigger/state.mts'));
