import {
	render,
	toCell,
	type Cell,
	type InputOption,
	type RenderOption,
	type Scalar,
} from './cells.mts';
import { columnLetters, quoted, type Range } from './ranges.mts';

interface GridProperties {
	rowCount: number;
	columnCount: number;
}

/** How values are read: by rows or columns, and how they are shown. */
export interface Reading {
	dimension?: 'ROWS' | 'COLUMNS';
	render?: RenderOption;
	dates?: string;
}

/** The sharing of a spreadsheet. */
type Role = 'reader' | 'writer';

const transposed = <T,>(rows: T[][], empty: T): T[][] => {
	const width = Math.max(0, ...rows.map((row) => row.length));
	return Array.from({ length: width }, (_, column) => rows.map((row) => row[column] ?? empty));
};

const withoutEmptyEnd = <T,>(list: T[], isEmpty: (one: T) => boolean): T[] => {
	let length = list.length;
	while (length > 0 && isEmpty(list[length - 1]!)) length -= 1;
	return list.slice(0, length);
};

/** One tab: its cells and its size. */
export class Sheet {
	private cells: Array<Array<Cell | undefined>> = [];

	constructor(
		readonly id: number,
		readonly title: string,
		public grid: GridProperties = { rowCount: 1000, columnCount: 26 },
	) {}

	/** The number of the last row with a value. */
	get lastRow(): number {
		return withoutEmptyEnd(this.cells, (row) => !row?.some(Boolean)).length;
	}

	/** The range with its ends, in Google's form. */
	a1(range: Range): string {
		const endColumn = Math.min(range.endColumn ?? Infinity, this.grid.columnCount);
		const endRow = Math.min(range.endRow ?? Infinity, this.grid.rowCount);
		const from = `${columnLetters(range.startColumn)}${range.startRow + 1}`;
		const to = `${columnLetters(endColumn - 1)}${endRow}`;
		return `${quoted(this.title)}!${from === to ? from : `${from}:${to}`}`;
	}

	/** The values of a range. Empty ends of rows and empty last rows are left out, as in Google Sheets. */
	read(range: Range, reading: Reading = {}): Scalar[][] {
		const { dimension = 'ROWS', render: option = 'FORMATTED_VALUE', dates = '' } = reading;
		// Rows and cells that were never written are holes, which `map` would skip.
		const rows = Array.from(
			this.cells.slice(range.startRow, range.endRow ?? this.cells.length),
			(row = []) =>
				Array.from(row.slice(range.startColumn, range.endColumn ?? row.length), (cell) =>
					render(cell, option, dates),
				),
		);
		const wanted = dimension === 'ROWS' ? rows : transposed(rows, '');
		const trimmed = wanted.map((line) => withoutEmptyEnd(line, (value) => value === ''));
		return withoutEmptyEnd(trimmed, (line) => line.length === 0);
	}

	/** Writes rows from the start of a range. `null` leaves a cell unchanged. @returns the cells written */
	write(range: Range, rows: Array<Array<Scalar | null>>, option: InputOption): number {
		let written = 0;
		rows.forEach((row, down) => {
			const cells = (this.cells[range.startRow + down] ??= []);
			row.forEach((value, across) => {
				if (value === null) return;
				cells[range.startColumn + across] = toCell(value, option);
				written += 1;
			});
		});
		return written;
	}

	clear(range: Range): void {
		this.cells.slice(range.startRow, range.endRow).forEach((row) => {
			row?.fill(undefined, range.startColumn, range.endColumn ?? row.length);
		});
	}

	deleteRows(from: number, to: number): void {
		this.cells.splice(from, to - from);
		this.grid = { ...this.grid, rowCount: this.grid.rowCount - (to - from) };
	}

	deleteColumns(from: number, to: number): void {
		for (const row of this.cells) row?.splice(from, to - from);
		this.grid = { ...this.grid, columnCount: this.grid.columnCount - (to - from) };
	}
}

/** A spreadsheet: who may use it, and its tabs. */
export class Spreadsheet {
	readonly shared = new Map<string, Role>();
	readonly sheets: Sheet[] = [];

	constructor(
		readonly id: string,
		readonly title: string,
	) {}

	share(email: string, role: Role = 'writer'): this {
		this.shared.set(email, role);
		return this;
	}

	unshare(email: string): void {
		this.shared.delete(email);
	}

	addSheet(title: string, rows: Scalar[][] = [], grid?: GridProperties): Sheet {
		const id = this.sheets.length === 0 ? 0 : Math.max(...this.sheets.map((one) => one.id)) + 1;
		const sheet = new Sheet(id, title, grid);
		sheet.write({ ...EVERYTHING, sheet: title }, rows, 'RAW');
		this.sheets.push(sheet);
		return sheet;
	}

	/** A tab by name, without case, as in ranges. Without a name, the first tab. */
	sheet(title: string | undefined): Sheet | undefined {
		if (title === undefined) return this.sheets[0];
		const wanted = title.toLowerCase();
		return this.sheets.find((one) => one.title.toLowerCase() === wanted);
	}

	/** The rows of a tab as the texts that a person sees, including the header. */
	rows(title?: string): string[][] {
		return (this.sheet(title)?.read(EVERYTHING) ?? []).map((row) => row.map(String));
	}

	/** The rows under the header, by column. */
	records(title?: string): Array<Record<string, string>> {
		const [header = [], ...rows] = this.rows(title);
		return rows.map((row) =>
			Object.fromEntries(header.map((name, column) => [name, row[column] ?? ''])),
		);
	}

	resource(): object {
		const sheets = this.sheets.map(({ id, title, grid }, index) => ({
			properties: { sheetId: id, title, index, sheetType: 'GRID', gridProperties: grid },
		}));
		const properties = { title: this.title, locale: 'en_US', timeZone: 'America/New_York' };
		const spreadsheetUrl = `https://docs.google.com/spreadsheets/d/${this.id}/edit`;
		return { spreadsheetId: this.id, properties, sheets, spreadsheetUrl };
	}
}

export const EVERYTHING: Range = {
	sheet: undefined,
	startRow: 0,
	endRow: undefined,
	startColumn: 0,
	endColumn: undefined,
};
