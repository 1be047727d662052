// Before the suites, so that the simulator they share is closed after the last of them.
import './support/world.mts';

// One file for several suites: n8n-core takes seconds to load, and Jest loads it anew for each file.
describe('at-home visits', () => void require('./suites/atHomeVisit.mts'));
describe('the booking of the README', () => void require('./suites/readme.mts'));
describe('bookings', () => void require('./suites/bookings.mts'));
describe('summaries', () => void require('./suites/summaries.mts'));
describe('Skip If Cleared', () => void require('./suites/skipIfCleared.mts'));
describe('rescheduling', () => void require('./suites/reschedule.mts'));
describe('in-person visits', () => void require('./suites/inPersonVisit.mts'));
describe('lists of GFEs', () => void require('./suites/gfeList.mts'));
describe('filters of GFEs', () => void require('./suites/gfeFilters.mts'));
describe('inputs', () => void require('./suites/inputs.mts'));
describe('clearance', () => void require('./suites/clearance.mts'));
describe('patient cases', () => void require('./suites/patientCases.mts'));
describe('approvals that end', () => void require('./suites/expiring.mts'));
describe('reconciling', () => void require('./suites/reconcile.mts'));
describe('treatments, locations, webhooks', () => void require('./suites/setUp.mts'));
