import { InputError } from '../inputError';
import type { JsonObject } from '../json';
import { isObject, parseJson } from '../json';
import { decodeEntities, isBlank } from '../text/text';
import type { TreatmentEntries } from './entries';
import { treatmentKey } from './key';
import { MENU_FIELD, readCellTreatments, readRowTreatments } from './menuRow';
import { shownName } from './refusals';

/** A service of the booking system. */
export interface MenuService {
	/** As the menu writes it. */
	name: string;
	/** What the service is at Spakinect, as entered. None if it needs no exam. */
	entries: TreatmentEntries[];
}

/** The services of a booking system and what they are at Spakinect, by their {@link serviceKey}. */
export type ServiceMenu = ReadonlyMap<string, MenuService>;

/** Form in which services are compared: that of treatments, since both are entered in one field. */
export const serviceKey = (name: string): string => treatmentKey(decodeEntities(name));

const notATable = () =>
	new InputError(
		MENU_FIELD,
		`'${MENU_FIELD}' has a row without a service`,
		"Each row needs 'service' and 'treatments'. Leave 'treatments' empty for a service that needs no exam.",
	);

/** Reads rows one after the other. */
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

	/** Rows of a table: objects, n8n items, or an object with the services as keys. As JSON text as well. */
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

/** The two columns that a row may have add up. Without either, its treatments are missing. */
function cellsOf(row: JsonObject): unknown[] {
	const names = ['treatment', 'treatments'].filter((name) => name in row);
	return names.length === 0 ? [undefined] : names.map((name) => row[name]);
}

const rowsOf = (value: unknown): unknown[] =>
	Array.isArray(value) ? value : isBlank(value) ? [] : [value];

/**
 * Reads the menu.
 *
 * @param value of the field: `services` are rows `{ service, treatments }`, `table` holds `rows` that an
 *   expression gave
 * @param patient names, email, phone, date of birth: a service that has one of them is not quoted
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
