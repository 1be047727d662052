import type { Values } from '../../shared/fields.mts';
import { refuse } from '../../shared/http.mts';
import { rpcError } from '../errors.mts';
import type { InputOption, Scalar } from './cells.mts';
import { columnLetters, parseRange, type Range } from './ranges.mts';
import { EVERYTHING, type Sheet, type Spreadsheet } from './spreadsheet.mts';

/** Refuses with 400. */
export const bad = (text: string): never => refuse(rpcError(400, text));

/** A value of a fixed list. It refuses any other value, and a missing value without a fallback. */
export const oneOf = (
	name: string,
	value: unknown,
	allowed: string[],
	fallback?: string,
): string => {
	if (value === undefined || value === '') {
		return fallback ?? bad(`'${name}' is required but not specified`);
	}
	if (allowed.includes(String(value))) return String(value);
	return bad(`Invalid value at '${name}', ${JSON.stringify(value)}`);
};

export const inputOption = (value: unknown): InputOption =>
	oneOf('valueInputOption', value, ['RAW', 'USER_ENTERED']) as InputOption;

export const dimensionOf = (value: unknown): 'ROWS' | 'COLUMNS' =>
	oneOf('majorDimension', value, ['ROWS', 'COLUMNS'], 'ROWS') as 'ROWS' | 'COLUMNS';

/** The tab and the cells that a range names. */
export const place = (spreadsheet: Spreadsheet, text: string): { sheet: Sheet; range: Range } => {
	const range = parseRange(text);
	const sheet = range && spreadsheet.sheet(range.sheet);
	if (!range || !sheet) return bad(`Unable to parse range: ${text}`);
	const { rowCount, columnCount } = sheet.grid;
	if (range.startRow >= rowCount || range.startColumn >= columnCount) {
		bad(
			`Range (${sheet.a1({ ...EVERYTHING, ...range })}) exceeds grid limits. Max rows: ${rowCount}, max columns: ${columnCount}`,
		);
	}
	return { sheet, range };
};

/** The values of a body as rows. */
export const rowsOf = (
	values: unknown,
	dimension: 'ROWS' | 'COLUMNS',
): Array<Array<Scalar | null>> => {
	if (values === undefined) return [];
	if (!Array.isArray(values))
		return bad(`Invalid value at 'data.values', ${JSON.stringify(values)}`);
	const lines = values.map((line: unknown, index) => {
		if (!Array.isArray(line)) return bad(`Invalid value at 'data.values[${index}]'`);
		return line.map((value: unknown, at) => {
			const isScalar = value === null || ['string', 'number', 'boolean'].includes(typeof value);
			return isScalar
				? (value as Scalar | null)
				: bad(`Invalid values[${index}][${at}]: ${Array.isArray(value) ? 'list' : 'struct'}_value`);
		});
	});
	if (dimension === 'ROWS') return lines;
	const length = Math.max(0, ...lines.map((line) => line.length));
	return Array.from({ length }, (_, row) => lines.map((line) => line[row] ?? null));
};

/** Writes a body's values. It refuses values outside the range. */
export const write = (
	spreadsheet: Spreadsheet,
	rangeText: string,
	body: Values,
	option: InputOption,
): object => {
	const { sheet, range } = place(spreadsheet, rangeText);
	const rows = rowsOf(body.values, dimensionOf(body.majorDimension));
	const width = Math.max(0, ...rows.map((row) => row.length));
	const endRow = Math.min(range.endRow ?? Infinity, sheet.grid.rowCount);
	const endColumn = Math.min(range.endColumn ?? Infinity, sheet.grid.columnCount);
	const within = `Requested writing within range [${sheet.a1(range)}], but tried writing to`;
	if (range.startRow + rows.length > endRow) bad(`${within} row [${endRow + 1}]`);
	if (range.startColumn + width > endColumn) bad(`${within} column [${columnLetters(endColumn)}]`);
	const updatedCells = sheet.write(range, rows, option);
	const written = {
		...range,
		endRow: range.startRow + Math.max(rows.length, 1),
		endColumn: range.startColumn + Math.max(width, 1),
	};
	return {
		spreadsheetId: spreadsheet.id,
		updatedRange: sheet.a1(written),
		updatedRows: rows.length,
		updatedColumns: width,
		updatedCells,
	};
};
