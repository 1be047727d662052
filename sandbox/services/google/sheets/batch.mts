import { isObject, type Values } from '../../shared/fields.mts';
import { refuse, type Answer } from '../../shared/http.mts';
import { rpcError } from '../errors.mts';
import type { Sheet, Spreadsheet } from './spreadsheet.mts';

type Handler = (spreadsheet: Spreadsheet, body: Values, name: string) => object;

const bad = (text: string): never => refuse(rpcError(400, text));

/** Google also reads whole numbers from texts. */
const whole = (value: unknown): number | undefined => {
	const number = typeof value === 'string' ? Number(value) : value;
	return Number.isInteger(number) ? (number as number) : undefined;
};

const sheetWith = (spreadsheet: Spreadsheet, id: unknown, name: string): Sheet => {
	// A missing ID is 0, the ID of the first tab.
	const wanted = id === undefined ? 0 : whole(id);
	const sheet = spreadsheet.sheets.find((one) => one.id === wanted);
	return sheet ?? bad(`Invalid ${name}: No grid with id: ${String(id)}`);
};

const dimensionOf = (value: unknown, name: string): 'ROWS' | 'COLUMNS' =>
	value === 'ROWS' || value === 'COLUMNS' ? value : bad(`Invalid ${name}: No dimension specified.`);

const appendDimension: Handler = (spreadsheet, body, name) => {
	const sheet = sheetWith(spreadsheet, body.sheetId, name);
	const dimension = dimensionOf(body.dimension, name);
	const length = whole(body.length) ?? 0;
	if (length <= 0) bad(`Invalid ${name}: length must be positive.`);
	const { rowCount, columnCount } = sheet.grid;
	sheet.grid =
		dimension === 'ROWS'
			? { rowCount: rowCount + length, columnCount }
			: { rowCount, columnCount: columnCount + length };
	return {};
};

const addSheet: Handler = (spreadsheet, body, name) => {
	const properties = isObject(body.properties) ? body.properties : {};
	const title = String(properties.title ?? `Sheet${spreadsheet.sheets.length + 1}`);
	if (spreadsheet.sheet(title)) {
		bad(
			`Invalid ${name}: A sheet with the name "${title}" already exists. Please enter another name.`,
		);
	}
	const sheet = spreadsheet.addSheet(title);
	const index = spreadsheet.sheets.length - 1;
	const gridProperties = sheet.grid;
	return {
		addSheet: {
			properties: { sheetId: sheet.id, title, index, sheetType: 'GRID', gridProperties },
		},
	};
};

const deleteDimension: Handler = (spreadsheet, body, name) => {
	const range = isObject(body.range) ? body.range : {};
	const sheet = sheetWith(spreadsheet, range.sheetId, name);
	const dimension = dimensionOf(range.dimension, name);
	const size = dimension === 'ROWS' ? sheet.grid.rowCount : sheet.grid.columnCount;
	const from = whole(range.startIndex) ?? 0;
	const to = whole(range.endIndex) ?? size;
	if (from < 0 || from >= to || to > size) {
		bad(
			`Invalid ${name}: Cannot delete a ${dimension.toLowerCase().slice(0, -1)} that doesn't exist.`,
		);
	}
	if (to - from === size) {
		bad(`Invalid ${name}: You can't delete all the ${dimension.toLowerCase()} on the sheet.`);
	}
	if (dimension === 'ROWS') sheet.deleteRows(from, to);
	else sheet.deleteColumns(from, to);
	return {};
};

const HANDLERS: Record<string, Handler> = { appendDimension, addSheet, deleteDimension };

/** `spreadsheets.batchUpdate` with the kinds of request that n8n's node sends. */
export const batchUpdate = (spreadsheet: Spreadsheet, requests: unknown): Answer => {
	if (!Array.isArray(requests) || requests.length === 0) {
		return rpcError(400, 'Must specify at least one request.');
	}
	const replies = requests.map((request: unknown, index) => {
		const [kind = '', body] = Object.entries(isObject(request) ? request : {})[0] ?? [];
		const handler = Object.hasOwn(HANDLERS, kind) ? HANDLERS[kind] : undefined;
		if (!handler || !isObject(body)) return bad(`Invalid requests[${index}]: No request set.`);
		return handler(spreadsheet, body, `requests[${index}].${kind}`);
	});
	return { status: 200, json: { spreadsheetId: spreadsheet.id, replies } };
};
