import { isObject } from '../../shared/fields.mts';
import { fieldsOf, type Answer, type ServiceRequest } from '../../shared/http.mts';
import type { Route } from '../../shared/service.mts';
import { batchUpdate } from './batch.mts';
import type { RenderOption } from './cells.mts';
import type { Spreadsheet } from './spreadsheet.mts';
import { withFields } from './withFields.mts';
import { bad, dimensionOf, inputOption, oneOf, place, rowsOf, write } from './writing.mts';

export type Open = (request: ServiceRequest, write: boolean) => Spreadsheet;

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
	// All ranges are checked before the first is written, because the call writes all or nothing.
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

/** The endpoints of a spreadsheet. `open` finds it and refuses callers without permission. */
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
