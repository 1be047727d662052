import { readLocationLines } from '../../../../nodes/Spakinect/domain/location/locationLines';

it.each([
	['nothing', undefined, []],
	['an empty text', '', []],
	['blank lines', '\n  \r\n', []],
	['one', 'Downtown: loc_1', [{ name: 'Downtown', id: 'loc_1' }]],
	[
		'several, with every kind of line break',
		'Downtown: loc_1\r\nUptown:loc_2\n  Harbor  :  loc_3  ',
		[
			{ name: 'Downtown', id: 'loc_1' },
			{ name: 'Uptown', id: 'loc_2' },
			{ name: 'Harbor', id: 'loc_3' },
		],
	],
	['a name with a colon', 'Spa: Downtown: loc_1', [{ name: 'Spa: Downtown', id: 'loc_1' }]],
	['an ID alone', 'loc_1', [{ name: 'loc_1', id: 'loc_1' }]],
	['an ID behind a colon', ': loc_1', [{ name: 'loc_1', id: 'loc_1' }]],
	['a name alone', 'Downtown:', []],
	['an ID twice', 'Downtown: loc_1\nOld name: loc_1', [{ name: 'Downtown', id: 'loc_1' }]],
	[
		'what nobody sees',
		'\ufeffDown\u200btown: \u200bloc_1\u00a0',
		[{ name: 'Downtown', id: 'loc_1' }],
	],
])('%s', (_, text, expected) => {
	expect(readLocationLines(text)).toEqual(expected);
});
