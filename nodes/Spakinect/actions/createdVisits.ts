import type { Visit } from '../domain/visit';

/**
 * Open visits created in this execution. The duplicate guard reads a location's list once, so without
 * these the same booking twice in one batch would contact the patient twice.
 */
export class CreatedVisits {
	private readonly byLocation = new Map<string, Visit[]>();

	add(locationId: string, visit: Visit): void {
		this.byLocation.set(locationId, [...this.at(locationId), visit]);
	}

	at(locationId: string): Visit[] {
		return this.byLocation.get(locationId) ?? [];
	}
}
