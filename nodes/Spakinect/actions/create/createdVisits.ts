import type { Visit } from '../../domain/visit/visit';
import { readVisit } from '../../domain/visit/visit';
import type { Wanted } from './wanted';

/** A visit and its link. Only a new in-person visit has a link. */
export interface LinkedVisit {
	visit: Visit;
	link: string | null;
}

/** An open visit as it is in Spakinect right after its creation. */
function asVisit(gfeId: string, { person, treatments, locationId }: Wanted): Visit | undefined {
	const raw = {
		gfe_id: gfeId,
		status: 'Processing',
		requested_treatments: treatments,
		patient_details: {
			first_name: person.firstName,
			last_name: person.lastName,
			email: person.email,
			dob: person.dateOfBirth,
		},
	};
	return readVisit(raw, { locationId });
}

/**
 * The visits that this run of the node has created and canceled. The duplicate guard reads a location's list
 * only once, so without them the same booking twice in one batch would contact the patient twice.
 */
export class CreatedVisits {
	private readonly byLocation = new Map<string, LinkedVisit[]>();

	private readonly inDoubt = new Map<string, Visit[]>();

	private readonly canceled = new Set<string>();

	/** Notes a visit that was created. */
	addOpen(wanted: Wanted, gfeId: string, link: string | null): void {
		const visit = asVisit(gfeId, wanted);
		const { locationId } = wanted;
		if (visit) this.byLocation.set(locationId, [...this.at(locationId), { visit, link }]);
	}

	at(locationId: string): LinkedVisit[] {
		return this.byLocation.get(locationId) ?? [];
	}

	/** Notes a visit that may exist, because its create got no reliable answer. */
	addDoubt(wanted: Wanted): void {
		const visit = asVisit('in doubt', wanted);
		const { locationId } = wanted;
		if (visit) this.inDoubt.set(locationId, [...this.doubtsAt(locationId), visit]);
	}

	doubtsAt(locationId: string): Visit[] {
		return this.inDoubt.get(locationId) ?? [];
	}

	/** Notes a visit that was canceled here. A list that was read before still shows it as open. */
	addCanceled(gfeId: string): void {
		this.canceled.add(gfeId);
	}

	isCanceled(gfeId: string): boolean {
		return this.canceled.has(gfeId);
	}
}
