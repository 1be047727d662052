import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// n8n-core reads these once, while it is loaded: import this file first.
process.env.N8N_USER_FOLDER = mkdtempSync(join(tmpdir(), 'spakinect-core-'));
process.env.N8N_ENCRYPTION_KEY = 'only-for-tests';

/** What n8n logs; its logger writes to the stream behind the console. */
export const log: string[] = [];
Object.defineProperty(console, '_stdout', { value: { write: (line: string) => log.push(line) } });
