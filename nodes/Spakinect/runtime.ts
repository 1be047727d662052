/** What the nodes call, behind one door: shipped as one file, which load.ts reads. */
export { route } from './actions/router';
export { getTreatments } from './methods/loadOptions';
export { poll } from './trigger/n8n/poll';
export { receive } from './trigger/n8n/receive';
export { isRegistered, register } from './trigger/n8n/registerHooks';
export { unregister } from './trigger/n8n/unregisterHook';
