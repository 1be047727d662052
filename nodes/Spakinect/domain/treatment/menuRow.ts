import { InputError } from '../inputError';
import { parseJson } from '../json';
import { isBlank } from '../text/text';
import type { TreatmentEntries } from './entries';
import { readEntries, textOf } from './entries';

export const MENU_FIELD = 'Service Menu';

const isGone = (element: unknown): boolean => isBlank(element) || textOf(element) === '';

/** Treatments as a row has them. No entries at all for an explicitly empty list. */
function entriesOf(value: unknown): TreatmentEntries[] | 'notAList' | 'missing' {
	const list = typeof value === 'string' ? parseJson(value) : value;
	if (Array.isArray(list)) {
		if (list.length === 0) return [];
		if (list.some(isGone)) return 'missing';
	}
	if (isBlank(value)) return 'missing';
	const entries = readEntries(value);
	if (entries === 'empty') return 'missing';
	return typeof entries === 'string' ? entries : [entries];
}

/**
 * The treatments of a row of the menu. What an expression did not find is an error, since the service would
 * count as one that needs no exam.
 *
 * @param row the name of the service, fit to be shown
 * @returns none if the service needs no exam
 * @throws InputError for `Service Menu`, naming the row
 */
export function readRowTreatments(value: unknown, row: string): TreatmentEntries[] {
	const entries = entriesOf(value);
	if (entries === 'missing') {
		throw new InputError(
			MENU_FIELD,
			`'${MENU_FIELD}' has a row whose treatments are missing: ${row}`,
			"Check that the expression in 'treatments' finds a value. For a service that needs no exam, leave the treatments of the row empty, or use [] in an expression.",
		);
	}
	if (entries === 'notAList') {
		throw new InputError(
			MENU_FIELD,
			`'${MENU_FIELD}' has a row whose treatments are not a list: ${row}`,
			'Use an array of names, or names separated by commas.',
		);
	}
	return entries;
}

/**
 * The same for a row of a table, in which an empty cell (an empty text or null) says that the service needs
 * no exam. A value that is not there at all is missing there too.
 */
export const readCellTreatments = (value: unknown, row: string): TreatmentEntries[] =>
	value !== undefined && isBlank(value) ? [] : readRowTreatments(value, row);
