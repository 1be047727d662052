import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// n8n-core reads these once, when it is loaded, so this file must be imported first.
const folder = mkdtempSync(join(tmpdir(), 'spakinect-core-'));
const remove = () => rmSync(folder, { recursive: true, force: true });
// Scripts import this file too, outside of Jest.
if ('afterAll' in globalThis) afterAll(remove);
else process.on('exit', remove);
process.env.N8N_USER_FOLDER = folder;
process.env.N8N_ENCRYPTION_KEY = 'only-for-tests';

/** n8n's log lines. Its logger writes to the stream behind the console. */
export const log: string[] = [];
Object.defineProperty(console, '_stdout', { value: { write: (line: string) => log.push(line) } });
