import { addVisit, completeVisit } from './visits.mts';
import { newId, type Store } from './store.mts';
import type { Visit } from './types.mts';

const firstNames = ['Ada', 'Ben', 'Carla', 'Dev', 'Elif', 'Farid', 'Grace', 'Hana', 'Ivo', 'June'];
const lastNames = ['Abbott', 'Baker', 'Chen', 'Diaz', 'Evans', 'Fischer', 'Gupta', 'Haddad', 'Ito'];
const statuses = [
	'Processing',
	'Pending Review',
	'Completed',
	'Cancelled',
	'Rejected',
	'Scheduled',
];

/** A small seeded generator (mulberry32): the same seed gives the same visits. */
function randomFrom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

export interface Generation {
	generate: number;
	seed?: number;
	location_id?: string;
	status?: string;
}

/**
 * Adds many made-up at-home visits. Everything except the IDs follows from the seed and the number of existing
 * visits.
 * @returns the new IDs in order
 */
export function generateVisits(store: Store, wanted: Generation): string[] {
	const already = store.visits.size;
	const random = randomFrom((wanted.seed ?? 1) + already);
	const pick = <T,>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
	const names = store.treatments.map((treatment) => treatment.name);
	return Array.from({ length: wanted.generate }, (_, index) => {
		const [first_name, last_name] = [pick(firstNames), pick(lastNames)];
		const requested = [...new Set([pick(names), pick(names)])];
		const email = `${first_name}.${last_name}.${already + index}@example.com`.toLowerCase();
		const visit: Visit = addVisit(store, {
			gfe_id: newId(),
			kind: 'at_home',
			location_id: wanted.location_id ?? 'loc_downtown',
			created_by: null,
			requested_treatments: requested,
			patient_details: { first_name, last_name, name: `${first_name} ${last_name}`, email },
			status: wanted.status ?? pick(statuses),
			phone: `+1555${String(1_000_000 + (already + index)).slice(-7)}`,
			appointment_time: 1_800_000_000 + Math.floor(random() * 10_000_000),
		});
		if (visit.status === 'Completed') completeVisit(store, visit);
		return visit.gfe_id;
	});
}
