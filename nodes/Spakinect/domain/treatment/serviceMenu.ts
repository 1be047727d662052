import { InputError } from '../inputError';
import type { JsonObject } from '../json';
import { isObject, parseJson } from '../json';
import { decodeEntities, isBlank } from '../text';
import type { TreatmentEntries } from './entries';
import { treatmentKey } from './key';
import { MENU_FIELD, readCellTreatments, readRowTreatments } from './menuRow';
import { shownName } from './refusals';

/** A service of the booking system. */
export interface MenuService {
	/** The name as the menu writes it. */
	name: string;
	/** The treatments of the service, as entered. Empty if it needs no exam. */
	entries: TreatmentEntries[];
}

/** The services of a booking system and their treatments, by their {@link serviceKey}. */
export type ServiceMenu = ReadonlyMap<string, MenuService>;

/** The form in which services are compared. It is that of treatments, because both are entered in one field. */
export const serviceKey = (name: string): string => treatmentKey(decodeEntities(name));

const notATable = () =>
	new InputError(
		MENU_FIELD,
		`'${MENU_FIELD}' has a row without a service`,
		"Each row needs 'service' and 'treatments'. Leave 'treatments' empty for a service that needs no exam.",
	);

/** Reads the rows one after the other. */
class MenuReader {
	readonly menu = new Map<string, MenuService>();

	constructor(private readonly patient: readonly unknown[]) {}

	add(service: unknown, read: (row: string) => TreatmentEntries[]): void {
		const isName = typeof service === 'string' || typeof service === 'number';
		const key = isName ? serviceKey(String(service)) : '';
		if (key === '') throw notATable();
		const name = String(service).trim();
		const entries = read(shownName(name, this.patient));
		const known = this.menu.get(key);
		// A table may have one row for each treatment of a service.
		if (known) known.entries.push(...entries);
		else this.menu.set(key, { name, entries });
	}

	/**
	 * Adds the rows of a table: objects, n8n items, or an object with the services as keys, also as JSON text.
	 */
	addTable(value: unknown): void {
		if (isBlank(value)) throw noTable();
		const table = typeof value === 'string' ? parseJson(value) : value;
		if (isObject(table) && !('json' in table) && !('service' in table)) {
			for (const [service, treatments] of Object.entries(table)) {
				this.add(service, (row) => readCellTreatments(treatments, row));
			}
			return;
		}
		for (const element of Array.isArray(table) ? table : [table]) {
			const row = isObject(element) && isObject(element.json) ? element.json : element;
			if (!isObject(row)) throw notATable();
			this.add(row.service, (name) =>
				cellsOf(row).flatMap((cell) => readCellTreatments(cell, name)),
			);
		}
	}
}

const noTable = () =>
	new InputError(
		MENU_FIELD,
		`'${MENU_FIELD}' has a table without rows`,
		"Check that the expression in 'Rows' finds the rows of your table. If you don't need the table, remove it.",
	);

/** The treatments of a row's two possible columns together. Without either column, they are missing. */
function cellsOf(row: JsonObject): unknown[] {
	const names = ['treatment', 'treatments'].filter((name) => name in row);
	return names.length === 0 ? [undefined] : names.map((name) => row[name]);
}

const rowsOf = (value: unknown): unknown[] =>
	Array.isArray(value) ? value : isBlank(value) ? [] : [value];

/**
 * Reads the menu.
 *
 * @param value the field's value. `services` holds rows `{ service, treatments }`, `table` holds `rows` from an
 *   expression
 * @param patient names, email, phone, date of birth. A service that contains one of them isn't quoted
 * @throws InputError for `Service Menu`
 */
export function readServiceMenu(value: unknown, patient: readonly unknown[] = []): ServiceMenu {
	const reader = new MenuReader(patient);
	if (!isObject(value)) return reader.menu;
	for (const row of rowsOf(value.services)) {
		if (!isObject(row)) throw notATable();
		reader.add(row.service, (name) => readRowTreatments(row.treatments, name));
	}
	for (const table of rowsOf(value.table)) reader.addTable(isObject(table) ? table.rows : table);
	return reader.menu;
}
