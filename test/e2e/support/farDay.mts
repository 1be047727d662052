/**
 * The day of appointments in the layers whose n8n has the machine's clock, as YYYY-MM-DD. It is always as far
 * ahead: no approval of today holds so long, and it is not so far that the node warns of a slip.
 */
export const FAR_DAY = new Date(Date.now() + 600 * 86_400_000).toISOString().slice(0, 10);
