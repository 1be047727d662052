import fc from 'fast-check';
import { parseTreatments } from '../../../../nodes/Spakinect/domain/treatment/entries';
import { readServiceMenu } from '../../../../nodes/Spakinect/domain/treatment/serviceMenu';
import { resolveServices } from '../../../../nodes/Spakinect/domain/treatment/services';
import { sized } from '../../support/size.mts';
import { rejection } from '../support/rejection.mts';

const CATALOG = ['Botox', 'Laser, Face', 'Dermal Filler', 'Facial'].map((name, id) => ({
	id: `trt_${id}`,
	name,
}));
const PATIENT = ['Jane', 'Doe', 'jane@mail.example', '+12025550147'];
const resolve = (entered: unknown, rows: unknown, unknown: 'error' | 'send' = 'error') =>
	resolveServices(parseTreatments(entered), readServiceMenu({ table: { rows } }), CATALOG, unknown);
const resolveWith = (value: unknown, entered: unknown = 'Tox') =>
	resolveServices(parseTreatments(entered), readServiceMenu(value), CATALOG, 'error');

it.each<[string, unknown, unknown, string[]]>([
	['the menu comes before the catalog', 'facial', { Facial: null }, []],
	['also with other treatments', 'Facial', { facial: 'Botox' }, ['Botox']],
	['ids in the menu', 'A', { A: ['trt_2'] }, ['Dermal Filler']],
	['names with commas in the menu', 'A', { A: 'Laser, Face, Botox' }, ['Laser, Face', 'Botox']],
	[
		'services with commas in a text',
		'A, b, Botox',
		{ 'A, B': 'Laser, Face' },
		['Laser, Face', 'Botox'],
	],
	['surplus spaces', ' LIP   flip ', [{ service: 'Lip Flip', treatments: 'botox' }], ['Botox']],
	['entities in a service', 'Lip & Chin', { 'Lip &amp; Chin': 'Botox' }, ['Botox']],
	['a service with a separator at its end', 'Tox;', { 'Tox;': 'Botox' }, ['Botox']],
	[
		'rows of one service are added up, one that needs none included',
		'A',
		[
			{ service: 'A', treatment: 'Botox' },
			{ service: 'a', treatment: '' },
			{ service: 'A', treatment: 'Dermal Filler' },
		],
		['Botox', 'Dermal Filler'],
	],
	['a menu without rows', 'Botox', [], ['Botox']],
])('%s', (_, entered, rows, expected) => {
	expect(resolve(entered, rows)).toEqual(expected);
});

it('sends what is in neither only if told so', () => {
	expect(resolve('New', { A: 'Botox' }, 'send')).toEqual(['New']);
	expect(rejection(() => resolve('New', { A: 'Botox' })).field).toBe('Treatments');
});

it.each([
	[[{}]],
	[[null]],
	[['A']],
	[[undefined]],
	[[{ service: {}, treatments: '' }]],
	[[{ service: undefined, treatments: 'Botox' }]],
	[{ '': 'Botox' }],
	['nonsense'],
	[undefined],
	[null],
	[''],
])('%j is no menu', (rows) =>
	expect(rejection(() => resolve('Botox', rows)).field).toBe('Service Menu'),
);

/** Every way to give the treatments of one service. */
const FORMS: Array<[form: string, menu: (treatments: unknown) => unknown]> = [
	['a row of the panel', (treatments) => ({ services: [{ service: 'Tox', treatments }] })],
	['a row', (treatments) => ({ table: [{ rows: [{ service: 'Tox', treatments }] }] })],
	['a row with treatment', (treatment) => ({ table: [{ rows: [{ service: 'Tox', treatment }] }] })],
	['the only row', (treatments) => ({ table: [{ rows: { service: 'Tox', treatments } }] })],
	[
		'an n8n item',
		(treatments) => ({ table: [{ rows: [{ json: { service: 'Tox', treatments } }] }] }),
	],
	['an object', (treatments) => ({ table: [{ rows: { Tox: treatments } }] })],
	[
		'both columns',
		(treatments) => ({ table: [{ rows: [{ service: 'Tox', treatment: 'Botox', treatments }] }] }),
	],
	[
		'one of several rows of the service',
		(treatments) => ({
			services: [
				{ service: 'tox', treatments: ['Botox'] },
				{ service: 'Tox', treatments },
			],
		}),
	],
];
const ALONE = FORMS.slice(0, -2);

describe.each(FORMS)('%s', (form, menu) => {
	it.each<[string, unknown]>([
		['undefined', undefined],
		['[undefined]', [undefined]],
		['[null]', [null]],
		['[""]', ['']],
		['[" "]', [' ']],
		['a character that nobody sees', '\u200b'],
		['that in a list', ['\u200b']],
		['Botox and undefined', ['Botox', undefined]],
		['null and Botox', [null, 'Botox']],
		['Botox and ""', ['Botox', '']],
		['a JSON list with null', '["Botox", null]'],
		['a JSON list of null', '[null]'],
		['separators only', ' , ;'],
		['the word undefined', 'undefined'],
		['the word null', 'null'],
		['Botox and the word', 'Botox, undefined'],
		['the word in a list', ['Botox', 'null']],
		['an entry without name', [{ name: '', id: '' }]],
		['that alone', { id: ' ' }],
	])('%s is missing', (_, treatments) => {
		const { field, message } = rejection(() => resolveWith(menu(treatments)));
		expect(field).toBe('Service Menu');
		expect(message).toContain("'Service Menu' has a row whose treatments are missing");
		expect(message).toMatch(/"Tox"/);
	});

	it.each<[string, unknown]>([
		['a number', 5],
		['NaN', NaN],
		['a number in a list', ['Botox', 5]],
		['true', true],
		['an object', {}],
		['a list in a list', [['Botox']]],
		['a broken JSON list', '["Botox"'],
	])('%s is no list', (_, treatments) => {
		const { field, message } = rejection(() => resolveWith(menu(treatments)));
		expect(field).toBe('Service Menu');
		expect(message).toContain('"Tox"');
		expect(message).not.toContain("'Treatments'");
	});

	const none: unknown[][] =
		form.includes('panel') || form.startsWith('one of')
			? [[[]], ['[]']]
			: [[[]], ['[]'], [''], [' '], [null]];
	it.each(none)('%j says that there are none', (treatments) => {
		const other = ALONE.some(([name]) => name === form) ? [] : ['Botox'];
		expect(resolveWith(menu(treatments))).toEqual(other);
	});

	it.each(['Dermal Filler', ['trt_2'], [{ id: 'trt_2' }], '["Dermal Filler"]'])(
		'%j',
		(treatments) => {
			expect(resolveWith(menu(treatments))).toContain('Dermal Filler');
		},
	);
});

it.each([
	['a row', [{ service: 'Tox' }]],
	['an n8n item', [{ json: { service: 'Tox' } }]],
	['JSON text', '[{"service":"Tox"}]'],
])('%s without treatments is an error that names it', (_, rows) => {
	const { field, message } = rejection(() => resolve('Botox', rows));
	expect(field).toBe('Service Menu');
	expect(message).toMatch(/treatments are missing.*"Tox"/);
});

it.each(['', null, ' '])(
	'%j in a row of the panel is an expression that gave nothing',
	(nothing) => {
		const menu = { services: [{ service: 'Tox', treatments: nothing }] };
		expect(rejection(() => resolveWith(menu)).message).toMatch(/treatments are missing.*"Tox"/);
	},
);

it.each<[unknown, unknown, string[]]>([
	['', 'Botox', ['Botox']],
	['Botox', '', ['Botox']],
	[null, ['Botox'], ['Botox']],
	['Botox', [], ['Botox']],
	['Botox', 'botox', ['Botox']],
	['Dermal Filler', 'Botox', ['Dermal Filler', 'Botox']],
	['', null, []],
])('a row with treatment %j and treatments %j has both', (treatment, treatments, expected) => {
	expect(resolve('Tox', [{ service: 'Tox', treatment, treatments }])).toEqual(expected);
});

describe('errors name the field and the row', () => {
	it('what is in neither: the menu and the catalog, with the closest names of both', () => {
		const { field, message } = rejection(() => resolve('Lip Flop, Botx', { 'Lip Flip': 'Botox' }));
		expect(field).toBe('Treatments');
		expect(message).toContain("neither in 'Service Menu' nor in the Spakinect catalog");
		expect(message).toContain('"Lip Flop" (did you mean "Lip Flip"?)');
		expect(message).toContain('"Botx" (did you mean "Botox"?)');
	});

	it('without a menu: the catalog', () => {
		const { field, message } = rejection(() => resolve('Botx', []));
		expect(field).toBe('Treatments');
		expect(message).not.toContain('Service Menu');
	});

	it.each<[string, unknown]>([
		['an object', { Flip: ['Botox', 'Botx'], Other: 'Nonsense' }],
		['rows', [{ service: 'Flip', treatments: 'Botox, Botx' }]],
	])('a treatment of the menu that the catalog lacks, in %s', (_, rows) => {
		const { field, message } = rejection(() => resolve('Flip', rows));
		expect(field).toBe('Service Menu');
		expect(message).toContain("'Service Menu' has names that aren't in the Spakinect catalog");
		expect(message).toContain('"Flip"');
		expect(message).toContain('"Botx" (did you mean "Botox"?)');
		expect(message).not.toContain('Nonsense');
	});

	it('treatments of the menu that can be read in more than one way', () => {
		const catalog = ['Laser, Face', 'Laser', 'Face'].map((name) => ({ name }));
		const menu = readServiceMenu({ table: { rows: { Glow: 'Laser, Face' } } });
		const entries = parseTreatments('Glow');
		const { field, message } = rejection(() => resolveServices(entries, menu, catalog, 'error'));
		expect(field).toBe('Service Menu');
		expect(message).toContain('"Glow"');
		expect(message).toContain('more than one way');
	});

	it('and show nothing of the patient', () => {
		const rows = { 'Glow for Jane Doe': 'Botx', 'Tox of jane@mail.example': undefined };
		const menu = () => readServiceMenu({ table: { rows } }, PATIENT);
		const missing = rejection(menu);
		delete (rows as Record<string, unknown>)['Tox of jane@mail.example'];
		const book = (entered: string) => () =>
			resolveServices(parseTreatments(entered), menu(), CATALOG, 'error', PATIENT);
		const all = [
			missing,
			...['Glow for Jane Doe', 'Glow for Jane D', 'Glow for Jule'].map((text) =>
				rejection(book(text)),
			),
		];
		for (const { message, advice } of all) expect(`${message} ${advice}`).not.toMatch(/jane|doe/i);
	});
});

describe('a text that can be read in more than one way', () => {
	const refused = (entered: string, rows: unknown) => {
		for (const mode of ['error', 'send'] as const) {
			const { field, message } = rejection(() => resolve(entered, rows, mode));
			expect(field).toBe('Treatments');
			expect(message).toContain('more than one way');
		}
	};

	it.each<[string, string, unknown]>([
		[
			'a service and a treatment',
			'Consultation, Botox',
			{ 'Consultation, Botox': [], Consultation: [] },
		],
		['semicolons', 'Consultation; Botox', { 'Consultation; Botox': [], Consultation: [] }],
		['spaces and case', 'consultation ,BOTOX', { 'Consultation, Botox': [], Consultation: [] }],
		['two services', 'Wash, Peel', { 'Wash, Peel': [], Wash: [], Peel: ['Botox'] }],
		['beside others', 'Wash, Peel, Botox', { 'Wash, Peel': 'Dermal Filler', Wash: [], Peel: [] }],
		[
			'a service and a treatment with a comma',
			'A, Laser, Face',
			{ 'A, Laser': [], Face: [], A: [] },
		],
		['two services that differ in spaces', 'A, B', { 'A, B': [], 'A,B': 'Botox' }],
		['a service and a treatment that differ in spaces', 'Laser, Face', { 'Laser,Face': [] }],
		['a separator at the end of a service', 'Botox,', { 'Botox,': [] }],
		['a separator at its start', ', Botox', { ', Botox': [] }],
		['a line break in a service', 'A\nBotox', { 'A\nBotox': [], A: [] }],
		['an entity', 'A &amp; B, Botox', { 'A & B, Botox': [], 'A & B': [] }],
		['three pieces', 'A, B, C', { 'A, B': [], C: [], A: 'Botox', 'B, C': [] }],
	])('is refused: %s', (_, entered, rows) => refused(entered, rows));

	it.each<[string, string, unknown, string[]]>([
		['the same treatments', 'Tox, Botox', { 'Tox, Botox': 'Botox', Tox: [] }, ['Botox']],
		['none', 'Wash, Peel', { 'Wash, Peel': [], Wash: [], Peel: [] }, []],
		[
			'the same in another order',
			'A, B',
			{ 'A, B': ['Dermal Filler', 'Botox'], A: 'Botox', B: 'Dermal Filler' },
			['Dermal Filler', 'Botox'],
		],
		['the same with what is beside them', 'Botox, A, Botox', { 'A, Botox': [], A: [] }, ['Botox']],
		['a part that is no name', 'A, B', { 'A, B': 'Botox', A: 'Facial' }, ['Botox']],
	])('is read if all readings give %s', (_, entered, rows, expected) => {
		expect(resolve(entered, rows)).toEqual(expected);
	});

	it('an array has one reading', () => {
		const rows = { 'Consultation, Botox': [], Consultation: [] };
		expect(resolve(['Consultation, Botox'], rows)).toEqual([]);
		expect(resolve(['Consultation', 'Botox'], rows)).toEqual(['Botox']);
	});

	it('long texts are read or refused at once', () => {
		const rows = { 'Wash, Peel': [], Wash: [], Peel: 'Botox', X: 'Dermal Filler' };
		const many = (text: string) => Array.from({ length: 5000 }, () => text).join(', ');
		refused(many('Wash, Peel'), rows);
		expect(resolve(many('X, Botox'), rows)).toEqual(['Dermal Filler', 'Botox']);
	});
});

describe('whatever the names: what all readings give, or a refusal', () => {
	interface Named {
		name: string;
		treatments: string[];
	}
	const letter = fc.constantFrom('a', 'b', 'c');
	const separator = fc.constantFrom(', ', ',', '; ');
	const name = fc
		.array(fc.tuple(letter, separator), { minLength: 1, maxLength: 3 })
		.map((parts) =>
			parts.map(([text, after], at) => (at + 1 < parts.length ? text + after : text)).join(''),
		);
	const treatment = fc.constantFrom('a', 'b', 'Botox', 'a, b', 'b; c');
	const menus = fc.uniqueArray(
		fc.record({ name, treatments: fc.uniqueArray(treatment, { maxLength: 2 }) }),
		{ minLength: 1, maxLength: 5, selector: (one) => one.name },
	);
	const catalogs = fc.uniqueArray(name, { maxLength: 4 });
	const texts = fc.array(fc.tuple(name, separator), { minLength: 1, maxLength: 3 });

	const spaceless = (text: string) => text.replace(/ /g, '');
	/** Every way to cut the text, with what each part may stand for. */
	function readings(pieces: string[], menu: Named[], catalog: string[]): string[][] {
		if (pieces.length === 0) return [[]];
		const found: string[][] = [];
		for (let end = 1; end <= pieces.length; end += 2) {
			const part = pieces.slice(0, end).join('');
			const fits = (one: string) => spaceless(one) === part;
			const meanings = [
				...menu.filter((one) => fits(one.name)).map(({ treatments }) => treatments),
				...catalog
					.filter((one) => fits(one) && !menu.some((service) => service.name === one))
					.map((one) => [one]),
			];
			const rests = readings(pieces.slice(end + 1), menu, catalog);
			for (const meaning of meanings) for (const rest of rests) found.push([...meaning, ...rest]);
		}
		return found;
	}

	it('agrees with a reading by hand', () => {
		const seen = { read: 0, refused: 0, none: 0, unknown: 0 };
		fc.assert(
			fc.property(menus, catalogs, texts, (menu, names, parts) => {
				const catalog = [...new Set([...names, 'a', 'b', 'Botox', 'a, b', 'b; c'])];
				const text = parts
					.map(([part, after], at) => (at + 1 < parts.length ? part + after : part))
					.join('');
				const pieces = spaceless(text).split(/([,;])/);
				const sets = new Set(
					readings(pieces, menu, catalog).map((one) => JSON.stringify([...new Set(one)].sort())),
				);
				const rows = menu.map(({ name: service, treatments }) => ({ service, treatments }));
				const run = () =>
					resolveServices(
						parseTreatments(text),
						readServiceMenu({ table: { rows } }),
						catalog.map((one) => ({ name: one })),
						'error',
					);
				if (sets.size !== 1) {
					const { message } = rejection(run);
					expect(message).toContain(sets.size === 0 ? 'neither in' : 'more than one way');
					seen[sets.size === 0 ? 'unknown' : 'refused'] += 1;
					return;
				}
				const treatments = run();
				expect([JSON.stringify([...treatments].sort())]).toEqual([...sets]);
				seen[treatments.length === 0 ? 'none' : 'read'] += 1;
			}),
			{ numRuns: sized(3000), seed: 7 },
		);
		expect(Math.min(...Object.values(seen))).toBeGreaterThan(sized(20));
	});
});
