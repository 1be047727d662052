import { readIntakeAnswers } from '../../../nodes/Spakinect/actions/create/input';
import { optionChoice, readChoice, readLimit } from '../../../nodes/Spakinect/actions/choices';
import type { Item } from '../../../nodes/Spakinect/actions/operation';
import {
	read,
	readCollection,
	requiredEmail,
	requiredName,
	requiredText,
} from '../../../nodes/Spakinect/actions/parameters';
import { createdId } from '../../../nodes/Spakinect/actions/create/send';

const LABELS = { phone: 'Phone', x: 'X', n: 'N', source: 'Source' };

const item = (parameters: object, kind: 'emr' | 'client' = 'emr') =>
	({
		index: 0,
		api: { kind },
		fields: [
			...Object.entries(LABELS).map(([name, displayName]) => ({ displayName, name })),
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				default: {},
				options: [
					{ displayName: 'Timezone', name: 'timezone', type: 'string', default: '' },
					{ displayName: 'Source', name: 'source', type: 'options', default: '' },
				],
			},
		],
		fn: {
			getNodeParameter: (name: string, _index: number, fallback: unknown) =>
				(parameters as Record<string, unknown>)[name] ?? fallback,
		},
	}) as unknown as Item;

it.each([
	[' a b ', 'a b'],
	[17, '17'],
])('text %j', (value, expected) => {
	expect(requiredText(item({ x: value }), 'x')).toBe(expected);
});

it.each(['', '  ', null, undefined, '\u200b', '\ufeff \u202e'])('no text in %j', (value) => {
	expect(() => requiredText(item({ x: value }), 'x')).toThrow("'X' is empty");
});

it.each([{}, [], ['a'], true, false, NaN, Infinity])(
	'%j is not taken for an empty text',
	(value) => {
		expect(() => requiredText(item({ x: value }), 'x')).toThrow("'X' is not a text");
	},
);

it('characters that nobody sees are left out', () => {
	expect(requiredText(item({ x: '\u200bloc_\u00ad1\ufeff' }), 'x')).toBe('loc_1');
	expect(requiredEmail(item({ email: 'ada@example.com\u200b' }))).toBe('ada@example.com');
	expect(requiredName(item({ n: 'A\u200bda \u202eB' }), 'n')).toBe('Ada B');
});

it('accents have one form, and letters that some scripts need stay', () => {
	expect(requiredName(item({ n: 'Zoe\u0308' }), 'n')).toBe('Zo\u00eb');
	expect(requiredName(item({ n: 'می\u200cخواهم' }), 'n')).toBe('می\u200cخواهم');
	expect(requiredName(item({ n: '\u{20BB7}'.repeat(100) }), 'n')).toHaveLength(200);
});

it.each([
	['phone', 'Phone', ['phone']],
	['options', 'Timezone', ['options', 'options.timezone']],
	['options', 'Options', ['options']],
])('an expression in %s that fails is named %s, and not what it met', (name, label, failing) => {
	const broken = item({});
	broken.fn.getNodeParameter = ((asked: string) => {
		if (failing.includes(asked)) throw new Error('cannot read Quillon');
		return '';
	}) as never;
	expect(() => read(broken, name)).toThrow(`'${label}' cannot be resolved`);
});

it.each([
	['O&#39;Neil', "O'Neil"],
	['Smith &amp; Sons', 'Smith & Sons'],
	['&quot;Al&quot; &lt;x&gt; &apos;y&apos;', `"Al" <x> 'y'`],
	['Jos&#xE9;', 'José'],
	['A &amp;amp; B', 'A &amp; B'],
	['A &nbsp; B & C; &#0; &#99999999; &#x110000;', 'A &nbsp; B & C; &#0; &#99999999; &#x110000;'],
	['Null', 'Null'],
	['Nan', 'Nan'],
	['Nully Nantucket', 'Nully Nantucket'],
	['Lee #2', 'Lee #2'],
	['Ada\nMaria', 'Ada Maria'],
	['Lee #NVP', 'Lee #NVP'],
])('name %j is %j', (value, expected) => {
	expect(requiredName(item({ n: value }), 'n')).toBe(expected);
});

it.each([
	'Lee undefined',
	'undefined',
	'undefined-Smith',
	'null',
	'NULL',
	'Lee null',
	'NaN',
	'[object Object]',
	'Lee [object Object]',
	'[object Undefined]',
	'{{ $json.name }}',
	'#REF!',
	'#N/A',
	'Lee #NAME?',
	'#DIV/0!',
	'#WERT!',
	'#NV',
	'Loading...',
	'-',
	'...',
	'123',
	'N/A',
	// Text that makes a person who reads the name see other fields than those that are sent.
	'Ada\nEmail: ada@patients.example',
	'Ada\nPhone 415 555 0199',
	'Ada\r\nPhone 415 555 0199',
	'Ada\u2028Phone 415 555 0199',
	'Ada&#10;Phone 415 555 0199',
	'Ada Email: none',
	'Ada：none',
	'ada@patients.example',
	// A time or an address instead of a name.
	'2030-01-01T10:00:00',
	'https://patients.example/ada',
])('no name: %j', (value) => {
	expect(() => requiredName(item({ n: value }), 'n')).toThrow("'N'");
});

it('names have 1 to 100 characters and single spaces', () => {
	expect(requiredName(item({ n: ' Anna   Maria ' }), 'n')).toBe('Anna Maria');
	expect(requiredName(item({ n: 'x'.repeat(100) }), 'n')).toHaveLength(100);
	expect(() => requiredName(item({ n: 'x'.repeat(101) }), 'n')).toThrow('100 characters');
});

it.each([
	'ada@example.com',
	' ada.b+c@mail.example.co.uk ',
	'MAILTO:ada@example.com',
	"o'neil@example.com",
	'a@1.io',
])('email %j', (email) => {
	expect(requiredEmail(item({ email }))).toBe(email.trim().replace(/^mailto:/i, ''));
});

it.each([
	'ada',
	'ada@',
	'@example.com',
	'ada@example',
	'a b@example.com',
	'a..b@example.com',
	'.a@example.com',
	'a.@example.com',
	'a@-example.com',
	'a@example..com',
	'a@b@example.com',
	'Ada <ada@example.com>',
	'a@example.com, b@example.com',
	'jörg@example.com',
])('no email %j', (email) => {
	expect(() => requiredEmail(item({ email }))).toThrow("'Email' is not an email address");
});

it.each([
	[{ options: { a: 1 } }, { a: 1 }],
	[{ options: [] }, {}],
	[{ options: 'x' }, {}],
	[{}, {}],
])('collection of %j', (parameters, expected) => {
	expect(readCollection(item(parameters), 'options')).toEqual(expected);
});

it.each([
	[{ returnAll: true, limit: 5 }, Infinity],
	[{ returnAll: 'true', limit: 5 }, Infinity],
	[{ returnAll: ' TRUE ', limit: 5 }, Infinity],
	[{ returnAll: 'False', limit: 5 }, 5],
	[{ returnAll: false, limit: 5 }, 5],
	[{ limit: '7' }, 7],
	[{}, 50],
])('limit of %j', (parameters, expected) => {
	expect(readLimit(item(parameters))).toBe(expected);
});

it.each([
	[{ returnAll: 'yes' }, 'Return All'],
	[{ returnAll: '' }, 'Return All'],
	[{ returnAll: 1 }, 'Return All'],
	[{ limit: 0 }, 'Limit'],
	[{ limit: 1.5 }, 'Limit'],
	[{ limit: '' }, 'Limit'],
	[{ limit: 'all' }, 'Limit'],
	[{ limit: true }, 'Limit'],
	[{ limit: {} }, 'Limit'],
])('no limit in %j', (parameters, label) => {
	expect(() => readLimit(item(parameters))).toThrow(`'${label}' must be`);
});

const SOURCES = ['all', 'favorites'] as const;
it.each([
	[{ source: 'favorites' }, 'favorites'],
	[{ source: ' Favorites ' }, 'favorites'],
	[{ source: 'ALL' }, 'all'],
	[{}, 'all'],
])('choice of %j', (parameters, expected) => {
	expect(readChoice(item(parameters), 'source', SOURCES)).toBe(expected);
	expect(optionChoice(item({ options: parameters }), 'source', SOURCES)).toBe(expected);
});

it.each(['', 'favourites', 'all,favorites', null, undefined, true, ['all'], 5])(
	'no choice: %j',
	(value) => {
		const read = () => optionChoice(item({ options: { source: value } }), 'source', SOURCES);
		expect(read).toThrow("'Source' must be all or favorites");
	},
);

it('intake answers stay away from the Client API', () => {
	const parameters = { intakeAnswers: { allergies: 'latex' } };
	expect(readIntakeAnswers(item(parameters, 'client'))).toEqual({});
	expect(readIntakeAnswers(item(parameters))).toHaveProperty('intake_answers');
	expect(readIntakeAnswers(item({}))).toEqual({});
});

it.each([
	[{ gfe_id: 'a', visit_id: 'b' }, 'a'],
	[{ visit_id: 'b' }, 'b'],
	[{ gfe_id: 5 }, '5'],
	[{}, undefined],
	[{ gfe_id: null }, undefined],
	[{ gfe_id: ' ' }, undefined],
	[{ gfe_id: '', visit_id: 'b' }, 'b'],
])('id of %j', (answer, expected) => {
	expect(createdId(answer)).toBe(expected);
});
