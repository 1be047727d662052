import { InputError } from '../inputError';
import { parseJson } from '../json';
import { isBlank } from '../text';
import type { TreatmentEntries } from './entries';
import { readEntries, textOf } from './entries';

export const MENU_FIELD = 'Service Menu';

const isGone = (element: unknown): boolean => isBlank(element) || textOf(element) === '';

/** The treatments of a row. Empty for an explicitly empty list. */
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
 * The treatments of a row of the menu. An expression that finds nothing is an error, because the service would
 * otherwise count as one that needs no exam.
 *
 * @param row the name of the service, safe to show
 * @returns an empty array if the service needs no exam
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
 * The same for a row of a table. There, an empty cell (an empty text or null) means that the service needs no
 * exam. A missing value is an error too.
 */
export const readCellTreatments = (value: unknown, row: string): TreatmentEntries[] =>
	value !== undefined && isBlank(value) ? [] : readRowTreatments(value, row);
