/**
 * All that runs, read when something is first to be done: n8n loads every node at its start, and needs no
 * more than what the panels show until then.
 */
export const runtime = async () => await import('./runtime');
