import { PATIENT, SPREADSHEET, type RecipeWorld } from './recipeWorld.mts';

const COLUMNS = [
	'booking_id',
	'first_name',
	'last_name',
	'email',
	'phone',
	'appointment_time',
	'treatments',
	'request',
	'gfe_id',
	'exam',
	'status',
	'note',
	'event_id',
];
const HOLD = ['booking_id', 'appointment_time', 'treatments', 'reason'];

export type SheetRow = Record<string, string>;

/** `2030-01-31 10:00`, so many hours from now, as a person types it; n8n runs in UTC here. */
export const typedTime = (hours: number): string =>
	new Date(Date.now() + hours * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

/** A booking as the front desk types it. */
export const sheetRow = (booking_id: string, changes: SheetRow = {}): SheetRow => ({
	booking_id,
	...PATIENT,
	// Today or tomorrow, at whatever time of the day.
	appointment_time: typedTime(20),
	treatments: 'Botox, Dermal Filler',
	request: 'yes',
	...changes,
});

/** The spreadsheet of a small spa, with its two tabs. */
export const openSheet = (world: RecipeWorld, ...rows: SheetRow[]): void => {
	const cells = rows.map((row) => COLUMNS.map((column) => row[column] ?? ''));
	world.services.sheets.create(SPREADSHEET, { Bookings: [COLUMNS, ...cells], 'Hold list': [HOLD] });
};

export const sheetRows = (world: RecipeWorld, tab = 'Bookings'): SheetRow[] =>
	world.services.sheets.spreadsheets.get(SPREADSHEET)!.records(tab);

/** Types into one cell. @param row counts from 1, without the header */
export const typeInto = (world: RecipeWorld, row: number, column: string, text: string): void => {
	const at = COLUMNS.indexOf(column);
	world.services.sheets.spreadsheets
		.get(SPREADSHEET)!
		.sheet('Bookings')!
		.write(
			{ sheet: '', startRow: row, endRow: row + 1, startColumn: at, endColumn: at + 1 },
			[[text]],
			'USER_ENTERED',
		);
};
