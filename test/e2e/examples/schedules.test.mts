import { useRecipeWorld } from '../support/useRecipeWorld.mts';
import { describeAudit } from './schedules/audit.mts';
import { describeChase } from './schedules/chase.mts';
import { describeDispatch } from './schedules/dispatch.mts';

const world = useRecipeWorld();

describe('03 chase open exams', () => describeChase(world));
describe('10 daily clearance audit', () => describeAudit(world));
describe('11 one URL, many workflows', () => describeDispatch(world));
