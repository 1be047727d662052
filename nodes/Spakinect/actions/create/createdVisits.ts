import type { Visit } from '../../domain/visit/visit';

/** A visit with the link to it, where one was given (in person). */
export interface LinkedVisit {
	visit: Visit;
	link: string | null;
}

/**
 * What this run of the node has created. The duplicate guard reads a location's list once. Without this,
 * the same booking twice in one batch would contact the patient twice.
 */
export class CreatedVisits {
	private readonly byLocation = new Map<string, LinkedVisit[]>();

	private readonly inDoubt = new Map<string, Visit[]>();

	add(locationId: string, visit: Visit, link: string | null): void {
		this.byLocation.set(locationId, [...this.at(locationId), { visit, link }]);
	}

	at(locationId: string): LinkedVisit[] {
		return this.byLocation.get(locationId) ?? [];
	}

	/** Notes a visit that may exist: its create ended without an answer that can be relied on. */
	addDoubt(locationId: string, visit: Visit): void {
		this.inDoubt.set(locationId, [...this.doubtsAt(locationId), visit]);
	}

	doubtsAt(locationId: string): Visit[] {
		return this.inDoubt.get(locationId) ?? [];
	}
}
