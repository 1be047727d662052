// Before the suites, so that the simulator they share is closed after the last of them.
import './support/world.mts';

// One file for several suites: n8n-core takes seconds to load, and Jest loads it anew for each file.
describe('duplicates', () => void require('./suites/duplicates.mts'));
describe('errors of items', () => void require('./suites/itemErrors.mts'));
describe('Retry On Fail', () => void require('./suites/retryOnFail.mts'));
describe('the Retry button', () => void require('./suites/retriedExecution.mts'));
describe('concurrency', () => void require('./suites/concurrency.mts'));
describe('requests and the OpenAPI description', () => void require('./suites/openapi.mts'));
