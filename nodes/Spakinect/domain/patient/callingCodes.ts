/**
 * For each country calling code, how many digits a national or toll-free number has after it. `k`: numbers
 * there start with 0, so the 0 is kept. `r`: only some numbers start with 0, so a 0 is refused. In all other
 * countries, a 0 after the code is dialed only inside the country. Source: Google's libphonenumber. A test
 * compares the two.
 */
const TABLE = `
1:10 7:10,14 20:8-10 27:5-10 30:10-12 31:5-11 32:8-9 33:9 34:9 36:8-9 39:6-12k 40:6,9 41:9,12
43:4-13 44:7,9-10 45:8 46:6-10,12 47:5,8r 48:6-10 49:4-13 51:8-9 52:10 53:6-8,10 54:10-11
55:8-11 56:9-11 57:8,10-11 58:10 60:8-10 61:5-10,12 62:7-13 63:6,8-13 64:5-10 65:8,10-11
66:8-10,13 81:8-13 82:5-6,8-13 84:7-10 86:7-12 90:7,10,12-13 91:8-13 92:8-12 93:9 94:9 95:6-10
98:4-7,10 211:9 212:9 213:8-9 216:8 218:9 220:7,9 221:9 222:8 223:8 224:8-9 225:10k 226:8k
227:8k 228:8 229:10k 230:7-8,10 231:7-9 232:8 233:8-9 234:10-12 235:8 236:8 237:8-9 238:7 239:7
240:9 241:7-8k 242:9k 243:7-10 244:9 245:7,9 246:7 247:5-6r 248:7 249:9 250:8-9r 251:9 252:6-9
253:8 254:7-10 255:9 256:9 257:8 258:8-9 260:9 261:9 262:9 263:7,9-10 264:8-9 265:7,9 266:8
267:7-8,10r 268:8-9r 269:7 290:4 291:7 297:7 298:6 299:6 350:8 351:9 352:4-11 353:7-10 354:7,9
355:6-9 356:8 357:8 358:5-12 359:6-9,12 370:8 371:8 372:7-8,10 373:8 374:8 375:6-11 376:6,8-9
377:8-9 378:8,10k 380:9-10 381:6-12 382:8-9 383:8-12 385:7-9 386:5-8 387:8-9 389:8 420:9-12
421:6-7,9 423:7,9 500:5 501:7,11r 502:8,11 503:7-8,11 504:8,11 505:8 506:8,10 507:7-8,10-11
508:6,9 509:8 590:9 591:8-9 592:7 593:8-11 594:9 595:6-11 596:9 597:6-7 598:4-12 599:7 5999:7 670:7-8
672:6 673:7 674:7 675:7-8 676:5,7r 677:5,7 678:5,7 679:7,11r 680:7 681:6,9 682:5 683:4,7
685:5-7,10 686:5,8 687:6r 688:5-7 689:6,8-9 690:4-7 691:7 692:7 850:8,10 852:5-9,11 853:7-8r
855:8-10 856:8-10 880:6-10 886:7-11 960:7,10 961:7-8 962:8-9 963:8-9 964:8-10 965:7-8 966:9-10
967:7-9 968:7-9 970:8-10 971:5-12 972:7-12 973:8 974:7-9,11 975:7-8 976:8-10 977:8,10-11 992:9k
993:8 994:9 995:9 996:9-10 998:9
`;

/** The form of the numbers of one country calling code. */
interface CallingCode {
	code: string;
	/** Whether the digits after the code can be a phone number. */
	fits(national: string): boolean;
	leadingZero: 'keep' | 'drop' | 'refuse';
}

/**
 * For codes where the length alone isn't enough. North America: area code and exchange never start with 0 or 1.
 * United Kingdom: only landlines are shorter than ten digits, and never those of the islands (1481, 1534,
 * 1624).
 */
const SHAPES = new Map([
	['1', /^[2-9]\d{2}[2-9]/],
	['44', /^(?:\d{10}|1(?!481|534|624)\d{8}|8\d{6}|8\d{8})$/],
]);

const RULES = { k: 'keep', r: 'refuse', '': 'drop' } as const;

function readRow(row: string): CallingCode {
	const [, code = '', ranges = '', mark = ''] = /^(\d+):([\d,-]+)([kr]?)$/.exec(row) ?? [];
	const spans = ranges.split(',').map((range) => {
		const [from, to = from] = range.split('-').map(Number);
		return { from: from ?? NaN, to: to ?? NaN };
	});
	return {
		code,
		fits: (national) =>
			(SHAPES.get(code)?.test(national) ?? true) &&
			spans.some(({ from, to }) => national.length >= from && national.length <= to),
		leadingZero: RULES[mark as keyof typeof RULES],
	};
}

const CODES = new Map(
	TABLE.trim()
		.split(/\s+/)
		.map((row) => [row.slice(0, row.indexOf(':')), readRow(row)]),
);

/**
 * The country calling code at the start of a number in digits. 5999 is Curaçao, whose numbers are longer than
 * those of the other islands under 599.
 */
export const callingCodeOf = (digits: string): CallingCode | undefined =>
	[4, 1, 2, 3]
		.map((length) => CODES.get(digits.slice(0, length)))
		.find((code) => code !== undefined);
