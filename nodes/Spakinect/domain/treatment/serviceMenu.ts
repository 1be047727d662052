import { InputError } from '../inputError';
import { isObject, parseJson } from '../json';
import { isBlank } from '../text/text';
import type { TreatmentEntries } from './entries';
import { parseTreatments } from './entries';
import type { CatalogTreatment } from './treatments';
import { resolveTreatments, treatmentKey, uniqueTreatments } from './treatments';

const FIELD = 'Service Menu';

interface MenuService {
	/** The name as the menu writes it. */
	name: string;
	/** The treatments of the service, as entered. Empty if it needs no exam. */
	entries: TreatmentEntries[];
}

/** The services of a booking system and their treatments, by `treatmentKey` of the service. */
export type ServiceMenu = ReadonlyMap<string, MenuService>;

const notATable = () =>
	new InputError(
		FIELD,
		`'${FIELD}' has a row without a service`,
		"Each row needs 'service' and 'treatments'. Leave 'treatments' empty for a service that needs no exam.",
	);

/** An empty field in the panel is an empty list. A missing value comes from an expression that found nothing. */
function ownTreatments({ treatments }: Record<string, unknown>): unknown {
	if (treatments !== undefined && treatments !== null) return treatments;
	throw new InputError(
		FIELD,
		`'${FIELD}' has a row whose treatments are missing`,
		"Check that the expression in 'treatments' finds a value. For a service that needs no exam, leave the field empty.",
	);
}

function add(menu: Map<string, MenuService>, service: unknown, treatments: unknown): void {
	const isName = typeof service === 'string' || typeof service === 'number';
	const key = isName ? treatmentKey(String(service)) : '';
	if (key === '') throw notATable();
	const entries = hasNone(treatments) ? [] : [parseTreatments(treatments)];
	const known = menu.get(key);
	// A table may have one row for each treatment of a service.
	if (known) known.entries.push(...entries);
	else menu.set(key, { name: String(service).trim(), entries });
}

const hasNone = (treatments: unknown): boolean =>
	isBlank(treatments) || (Array.isArray(treatments) && treatments.every(isBlank));

/** Adds the rows of a table: objects, n8n items, or an object with the services as keys, also as JSON text. */
function addTable(menu: Map<string, MenuService>, value: unknown): void {
	if (isBlank(value)) return;
	const table = typeof value === 'string' ? parseJson(value) : value;
	if (isObject(table) && !('json' in table) && !('service' in table)) {
		for (const [service, treatments] of Object.entries(table)) add(menu, service, treatments);
		return;
	}
	for (const element of Array.isArray(table) ? table : [table]) {
		const row = isObject(element) && isObject(element.json) ? element.json : element;
		if (!isObject(row)) throw notATable();
		if (!('treatments' in row) && !('treatment' in row)) throw notATable();
		add(menu, row.service, row.treatments ?? row.treatment);
	}
}

const rowsOf = (value: unknown): unknown[] =>
	Array.isArray(value) ? value : isBlank(value) ? [] : [value];

/**
 * Reads the menu.
 *
 * @param value the field's value. `services` holds rows `{ service, treatments }`, `table` holds `rows` from an
 *   expression
 * @throws InputError for `Service Menu`, or for `Treatments` if a row's treatments can't be used
 */
export function readServiceMenu(value: unknown): ServiceMenu {
	const menu = new Map<string, MenuService>();
	if (!isObject(value)) return menu;
	for (const row of rowsOf(value.services)) {
		if (!isObject(row)) throw notATable();
		add(menu, row.service, ownTreatments(row));
	}
	for (const table of rowsOf(value.table)) addTable(menu, isObject(table) ? table.rows : table);
	return menu;
}

/**
 * The treatments for the entered services and treatments, in the catalog's spelling. Each entry is looked up
 * first in the menu, then in the catalog.
 *
 * @returns empty if every entry is a service that needs no exam
 * @param patient as in {@link resolveTreatments}
 * @throws InputError for `Treatments`, naming the entries that are in neither
 */
export function resolveServices(
	entries: TreatmentEntries,
	menu: ServiceMenu,
	catalog: readonly CatalogTreatment[],
	unknown: 'error' | 'send',
	patient: readonly unknown[] = [],
): string[] {
	if (menu.size === 0) return resolveTreatments(entries, catalog, unknown, patient);
	const services = [...menu.values()].map(({ name }) => ({ name }));
	// Looked up as one list, so that a text with commas follows the same rules for services and treatments.
	const found = resolveTreatments(entries, [...services, ...catalog], unknown, patient);
	const treatments = found.flatMap((name) => {
		const service = menu.get(treatmentKey(name));
		if (!service) return [name];
		return service.entries.flatMap((one) => resolveTreatments(one, catalog, unknown));
	});
	return uniqueTreatments(treatments);
}
