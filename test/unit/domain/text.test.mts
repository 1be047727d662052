import { readList } from '../../../nodes/Spakinect/domain/json';
import { collapseSpaces, foldEmail, foldName, isBlank } from '../../../nodes/Spakinect/domain/text';

describe('foldName', () => {
	it.each([
		['case', 'NATHAN Drake', 'nathan drake'],
		['accents', 'Renée Núñez', 'renee nunez'],
		['accents as separate marks', 'Rene\u0301e', 'renee'],
		['surplus spaces of any kind', '\u00a0Nathan \t Drake ', 'nathan drake'],
		['typographic apostrophes', 'O’Neil O‘Neil Oʼneil', "o'neil o'neil o'neil"],
		['other apostrophes', 'O`Neil O´Neil', "o'neil o'neil"],
		['a capital that folds into two characters', 'İnci', 'inci'],
		['full-width letters', 'Ｄｒａｋｅ', 'drake'],
		['characters that nobody sees', 'Na\u200bthan\u00ad \u202eDrake\ufeff', 'nathan drake'],
		['letters of other scripts, kept apart', 'Дрейк', 'дреик'],
	])('%s', (_, text, folded) => {
		expect(foldName(text)).toBe(folded);
	});

	it('does not make different names equal', () => {
		expect(foldName('Anna-Maria')).not.toBe(foldName('Anna Maria'));
		expect(foldName('Sorensen')).not.toBe(foldName('Sörenson'));
	});
});

describe('small helpers', () => {
	it('collapseSpaces and foldEmail', () => {
		expect(collapseSpaces('  a \n b ')).toBe('a b');
		expect(foldEmail(' Nathan@Example.com ')).toBe('nathan@example.com');
	});

	it.each([[undefined], [null], [''], [' \n']])('%p is blank', (value) => {
		expect(isBlank(value)).toBe(true);
	});

	it.each([[0], [false], ['a'], [[]], [{}]])('%p is not blank', (value) => {
		expect(isBlank(value)).toBe(false);
	});

	it.each([
		['an array as it is', [1, ' a '], [1, ' a ']],
		['a JSON array', ' ["a, b", 2] ', ['a, b', 2]],
		['a text', ' a , b\n\nc,, ', ['a', 'b', 'c']],
		['commas only', ',,', []],
		['a broken JSON array', '["a"', null],
		['a JSON array with text behind', '["a"] b', null],
		['a number', 5, null],
		['an object', {}, null],
		['nothing', undefined, null],
	])('readList: %s', (_, value, expected) => {
		expect(readList(value)).toEqual(expected);
	});
});
