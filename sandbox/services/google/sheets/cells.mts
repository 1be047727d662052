/** How Google Sheets takes and shows values. */

export type InputOption = 'RAW' | 'USER_ENTERED';
export type RenderOption = 'FORMATTED_VALUE' | 'UNFORMATTED_VALUE' | 'FORMULA';
export type Scalar = string | number | boolean;

export interface Cell {
	value: Scalar;
	/** The text that a person sees in the sheet. */
	shown: string;
	kind?: 'date' | 'formula';
}

const DAY_MS = 86_400_000;
/** Day 0 of a sheet: 1899-12-30. */
const EPOCH_MS = Date.UTC(1899, 11, 30);

const NUMBER = /^[+-]?(\d+(,\d{3})*|\d*)(\.\d+)?(e[+-]?\d+)?$/i;
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[ ](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;
const US_DATE = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;

const serial = (year: number, month: number, day: number, time: number): number | undefined => {
	const at = Date.UTC(year, month - 1, day);
	const date = new Date(at);
	const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
	return exists ? (at - EPOCH_MS) / DAY_MS + time : undefined;
};

const asDate = (text: string): number | undefined => {
	const iso = ISO_DATE.exec(text)?.map(Number);
	if (iso) {
		const [, year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = iso;
		const time = ((hour || 0) * 3600 + (minute || 0) * 60 + (second || 0)) / 86_400;
		return serial(year, month, day, time);
	}
	const us = US_DATE.exec(text)?.map(Number);
	return us ? serial(us[3] ?? 0, us[1] ?? 0, us[2] ?? 0, 0) : undefined;
};

const shownNumber = (value: number): string => String(value);

/** The value as if a person had typed the text: `+12025550187` and `00123` become numbers, dates become days. */
const entered = (text: string): Cell => {
	if (text.startsWith("'")) return { value: text.slice(1), shown: text.slice(1) };
	// Formulas are kept but not calculated.
	if (text.startsWith('=') && text.length > 1) {
		return { value: text, shown: '#NAME?', kind: 'formula' };
	}
	if (/^(true|false)$/i.test(text)) {
		return { value: /^true$/i.test(text), shown: text.toUpperCase() };
	}
	if (/\d/.test(text) && NUMBER.test(text)) {
		const value = Number(text.replaceAll(',', ''));
		return { value, shown: shownNumber(value) };
	}
	const day = asDate(text);
	return day === undefined
		? { value: text, shown: text }
		: { value: day, shown: text, kind: 'date' };
};

/** A written value as a cell. An empty text clears the cell. */
export const toCell = (value: Scalar, option: InputOption): Cell | undefined => {
	if (value === '') return undefined;
	if (typeof value === 'number') return { value, shown: shownNumber(value) };
	if (typeof value === 'boolean') return { value, shown: String(value).toUpperCase() };
	return option === 'USER_ENTERED' ? entered(value) : { value, shown: value };
};

/** A cell in the API's form. */
export const render = (cell: Cell | undefined, option: RenderOption, dates: string): Scalar => {
	if (!cell) return '';
	if (option === 'FORMATTED_VALUE') return cell.shown;
	if (cell.kind === 'date') return dates === 'FORMATTED_STRING' ? cell.shown : cell.value;
	if (cell.kind === 'formula') return option === 'FORMULA' ? cell.value : cell.shown;
	return cell.value;
};
