import { memoize } from '../text/memoize';
import { collapseSpaces } from '../text/text';

/**
 * Form in which treatment names are compared: without case and surplus spaces. Nothing else is
 * folded: a wrong treatment is a clinical error.
 */
export const treatmentKey = memoize((name) => collapseSpaces(name.normalize('NFC')).toLowerCase());

/** True when two texts name the same treatment (see {@link treatmentKey}). */
export function sameTreatment(a: string, b: string): boolean {
	return treatmentKey(a) === treatmentKey(b);
}

/** The first spelling of each treatment, order kept. */
export function uniqueTreatments(names: readonly string[]): string[] {
	const byKey = new Map<string, string>();
	for (const name of names) {
		const key = treatmentKey(name);
		if (!byKey.has(key)) byKey.set(key, name);
	}
	return [...byKey.values()];
}
