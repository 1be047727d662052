/** A1 notation. Rows and columns count from 0, and ends are exclusive. An open end is `undefined`. */
export interface Range {
	/** As given, without quotes. */
	sheet: string | undefined;
	startRow: number;
	endRow: number | undefined;
	startColumn: number;
	endColumn: number | undefined;
}

const columnNumber = (letters: string): number =>
	[...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

export const columnLetters = (column: number): string => {
	let letters = '';
	for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
		letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
	}
	return letters;
};

const CELLS = /^(?:([A-Za-z]{1,3})?(\d+)?)(?::(?:([A-Za-z]{1,3})?(\d+)?))?$/;

const unquote = (name: string): string =>
	/^'.*'$/.test(name) ? name.slice(1, -1).replaceAll("''", "'") : name;

const cellsOf = (text: string): Omit<Range, 'sheet'> | undefined => {
	const match = CELLS.exec(text);
	if (!match || text === '' || text.startsWith(':') || text.endsWith(':')) return undefined;
	const [, fromColumn, fromRow, toColumn, toRow] = match;
	const isOne = !text.includes(':');
	// A single column or row isn't a range, because it would be a sheet's name.
	if (isOne && (!fromColumn || !fromRow)) return undefined;
	const column = (letters: string | undefined) =>
		letters === undefined ? undefined : columnNumber(letters);
	const startColumn = column(fromColumn) ?? 0;
	const startRow = fromRow === undefined ? 0 : Number(fromRow) - 1;
	const lastColumn = isOne ? startColumn : column(toColumn);
	const lastRow = isOne ? startRow : toRow === undefined ? undefined : Number(toRow) - 1;
	if (startRow < 0) return undefined;
	return {
		startRow,
		startColumn,
		endRow: lastRow === undefined ? undefined : lastRow + 1,
		endColumn: lastColumn === undefined ? undefined : lastColumn + 1,
	};
};

const WHOLE = { startRow: 0, endRow: undefined, startColumn: 0, endColumn: undefined };

/** Reads `Sheet1!A1:B2`, `'My sheet'!2:2`, `A1:B2` or a sheet's name. `undefined` if the text isn't a range. */
export const parseRange = (text: string): Range | undefined => {
	const cut = text.lastIndexOf('!');
	if (cut >= 0) {
		const cells = cellsOf(text.slice(cut + 1));
		return cells && { sheet: unquote(text.slice(0, cut)), ...cells };
	}
	const cells = cellsOf(text);
	return cells ? { sheet: undefined, ...cells } : { sheet: unquote(text), ...WHOLE };
};

/** A sheet's name as Google writes it in a range: quoted unless it is a plain word. */
export const quoted = (title: string): string =>
	/^[A-Za-z_]\w*$/.test(title) ? title : `'${title.replaceAll("'", "''")}'`;
