/**
 * Everything that runs, behind one door. The node files import it when something is to be done and not
 * before, so that n8n, which loads every node at its start, reads only what the panels show.
 */
export { route } from './actions/router';
export { getTreatments } from './methods/loadOptions';
export { poll } from './trigger/n8n/poll';
export { receive } from './trigger/n8n/receive';
export { isRegistered, register } from './trigger/n8n/registerHooks';
export { unregister } from './trigger/n8n/unregisterHook';
