import { useRecipeWorld } from '../support/useRecipeWorld.mts';
import { describeFrontDesk } from './assistants/frontDesk.mts';
import { describeMcp } from './assistants/mcp.mts';

const world = useRecipeWorld();

describe('09 AI front desk', () => describeFrontDesk(world));
describe('13 clearance for AI assistants (MCP)', () => describeMcp(world));
