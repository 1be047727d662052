import { InputError } from '../inputError';

/**
 * Visits that belong to several people, or may: nobody is picked. The advice is that of Check Clearance.
 * An operation without its fields gives its own.
 */
export class AmbiguousPatientError extends InputError {
	/** Why the patient is ambiguous, as a part of a sentence. */
	readonly reason: string;

	constructor(reason: string, advice: string) {
		super('Patient', `'Patient' is ambiguous: ${reason}`, advice);
		this.reason = reason;
	}
}
