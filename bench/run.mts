import { machine } from './measure.mts';
import { benchClearance } from './clearance.mts';
import { benchDeliveries } from './deliveries.mts';
import { benchList } from './list.mts';
import { benchLoad } from './load.mts';
import { benchPoll } from './poll.mts';
import { benchReads } from './reads.mts';
import { benchReconcile } from './reconcile.mts';
import { startRig } from './rig.mts';

const PARTS = {
	reads: benchReads,
	list: benchList,
	clearance: benchClearance,
	deliveries: benchDeliveries,
	poll: benchPoll,
	reconcile: benchReconcile,
	load: benchLoad,
};

const wanted = process.argv.slice(2);
const names = (Object.keys(PARTS) as Array<keyof typeof PARTS>).filter(
	(name) => wanted.length === 0 || wanted.includes(name),
);
if (names.length === 0) {
	console.error(`No such part. There are: ${Object.keys(PARTS).join(', ')}.`);
	process.exit(1);
}
console.log(`Machine: ${machine()}`);
const rig = await startRig();
try {
	for (const name of names) await PARTS[name](rig);
} finally {
	await rig.stop();
}
