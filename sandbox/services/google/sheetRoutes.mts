import { isObject, type Values } from '../shared/fields.mts';
import { fieldsOf, refuse, type Answer, type ServiceRequest } from '../shared/http.mts';
import type { Route } from '../shared/service.mts';
import type { InputOption, RenderOption, Scalar } from './cells.mts';
import { rpcError } from './errors.mts';
import { columnLetters, parseRange, type Range } from './ranges.mts';
import { batchUpdate } from './sheetBatch.mts';
import { withFields } from './sheetFields.mts';
import { EVERYTHING, type Sheet, type Spreadsheet } from './spreadsheet.mts';

export type Open = (request: ServiceRequest, write: boolean) => Spreadsheet;

const bad = (text: string): never => refuse(rpcError(400, text));

const oneOf = (name: string, value: unknown, allowed: string[], fallback?: string): string => {
	if (value === undefined || value === '') {
		return fallback ?? bad(`'${name}' is required but not specified`);
	}
	if (allowed.includes(String(value))) return String(value);
	return bad(`Invalid value at '${name}', ${JSON.stringify(value)}`);
};

const inputOption = (value: unknown): InputOption =>
	oneOf('valueInputOption', value, ['RAW', 'USER_ENTERED']) as InputOption;

const dimensionOf = (value: unknown): 'ROWS' | 'COLUMNS' =>
	oneOf('majorDimension', value, ['ROWS', 'COLUMNS'], 'ROWS') as 'ROWS' | 'COLUMNS';

const place = (spreadsheet: Spreadsheet, text: string): { sheet: Sheet; range: Range } => {
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

const rowsOf = (values: unknown, dimension: 'ROWS' | 'COLUMNS'): Array<Array<Scalar | null>> => {
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

const write = (
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

const read = (spreadsheet: Spreadsheet, request: ServiceRequest): Answer => {
	const { query } = request;
	const { sheet, range } = place(spreadsheet, request.params.range ?? '');
	const majorDimension = dimensionOf(query.majorDimension);
	const renders = ['FORMATTED_VALUE', 'UNFORMATTED_VALUE', 'FORMULA'];
	const dates = ['SERIAL_NUMBER', 'FORMATTED_STRING'];
	const values = sheet.read(range, {
		dimension: majorDimension,
		render: oneOf(
			'valueRenderOption',
			query.valueRenderOption,
			renders,
			renders[0],
		) as RenderOption,
		dates: oneOf('dateTimeRenderOption', query.dateTimeRenderOption, dates, dates[0]),
	});
	const answer = { range: sheet.a1(range), majorDimension, ...(values.length > 0 && { values }) };
	return withFields(answer, request);
};

const update = (spreadsheet: Spreadsheet, request: ServiceRequest): Answer => {
	const option = inputOption(request.query.valueInputOption);
	const body = fieldsOf(request);
	const rangeText = request.params.range ?? '';
	const { sheet, range } = place(spreadsheet, rangeText);
	if (typeof body.range === 'string') {
		const given = place(spreadsheet, body.range);
		const isSame = given.sheet === sheet && sheet.a1(given.range) === sheet.a1(range);
		if (!isSame) bad(`Requested range[${rangeText}] does not match value's range[${body.range}].`);
	}
	return { status: 200, json: write(spreadsheet, rangeText, body, option) };
};

const append = (spreadsheet: Spreadsheet, request: ServiceRequest): Answer => {
	const option = inputOption(request.query.valueInputOption);
	const { sheet, range } = place(spreadsheet, request.params.range ?? '');
	const body = fieldsOf(request);
	const rows = rowsOf(body.values, dimensionOf(body.majorDimension));
	const startRow = sheet.lastRow;
	const rowCount = Math.max(sheet.grid.rowCount, startRow + rows.length);
	sheet.grid = { ...sheet.grid, rowCount };
	const target = { ...range, startRow, endRow: undefined };
	const updates = write(spreadsheet, sheet.a1(target), body, option);
	return { status: 200, json: { spreadsheetId: spreadsheet.id, updates } };
};

const batchValues = (spreadsheet: Spreadsheet, request: ServiceRequest): Answer => {
	const { valueInputOption, data } = fieldsOf(request);
	const option = inputOption(valueInputOption);
	// All ranges are looked at before the first is written: the call does all or nothing.
	const parts = (data as unknown[]).map((one, index) => {
		if (!isObject(one) || typeof one.range !== 'string')
			return bad(`Invalid data[${index}]: range`);
		place(spreadsheet, one.range);
		return { range: one.range, body: one };
	});
	const responses = parts.map(({ range, body }) => write(spreadsheet, range, body, option));
	return { status: 200, json: { spreadsheetId: spreadsheet.id, responses } };
};

const clear = (spreadsheet: Spreadsheet, request: ServiceRequest): Answer => {
	const { sheet, range } = place(spreadsheet, request.params.range ?? '');
	sheet.clear(range);
	return { status: 200, json: { spreadsheetId: spreadsheet.id, clearedRange: sheet.a1(range) } };
};

/** The endpoints of a spreadsheet. `open` finds it and refuses who may not use it. */
export const sheetRoutes = (open: Open): Route[] => {
	const values = '/v4/spreadsheets/{id}/values/{range}';
	const valueRange = { range: 'string', majorDimension: 'string', values: 'array' } as const;
	return [
		{
			call: 'GET /v4/spreadsheets/{id}',
			answer: (request) => withFields(open(request, false).resource(), request),
		},
		{ call: `GET ${values}`, answer: (request) => read(open(request, false), request) },
		{
			call: `PUT ${values}`,
			body: valueRange,
			open: false,
			answer: (request) => update(open(request, true), request),
		},
		{
			call: `POST ${values}:append`,
			body: valueRange,
			open: false,
			answer: (request) => append(open(request, true), request),
		},
		{ call: `POST ${values}:clear`, answer: (request) => clear(open(request, true), request) },
		{
			call: 'POST /v4/spreadsheets/{id}/values:batchUpdate',
			body: { data: 'array!', valueInputOption: 'string' },
			answer: (request) => batchValues(open(request, true), request),
		},
		{
			call: 'POST /v4/spreadsheets/{id}:batchUpdate',
			answer: (request) => batchUpdate(open(request, true), fieldsOf(request).requests),
		},
	];
};
