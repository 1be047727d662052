import { memoize } from '../boundedMap';
import { collapseSpaces } from '../text';

/**
 * The form in which treatment names are compared: without case and surplus spaces. Everything else must match,
 * because a wrong treatment is a clinical error.
 */
export const treatmentKey = memoize((name) => collapseSpaces(name.normalize('NFC')).toLowerCase());

/** True if two texts name the same treatment (see {@link treatmentKey}). */
export function sameTreatment(a: string, b: string): boolean {
	return treatmentKey(a) === treatmentKey(b);
}

/** The first spelling of each treatment, in order. */
export function uniqueTreatments(names: readonly string[]): string[] {
	const byKey = new Map<string, string>();
	for (const name of names) {
		const key = treatmentKey(name);
		if (!byKey.has(key)) byKey.set(key, name);
	}
	return [...byKey.values()];
}
