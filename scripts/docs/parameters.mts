import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import type { AnyOperation } from '../../nodes/Spakinect/actions/operation';

/** For a table cell: one line, links instead of HTML, no bar. */
export const cell = (text: string): string =>
	text
		.replace(/<a href="([^"]+)">([^<]+)<\/a>/g, '[$2]($1)')
		.replace(/\s+/g, ' ')
		.replaceAll('|', '\\|');

/** A field with its place: what n8n's panel shows around it, and what must be chosen for it to be there. */
interface Placed {
	field: INodeProperties;
	label: string;
	name: string;
	conditions: Array<Record<string, unknown[] | undefined>>;
}

const isShown = ({ type }: INodeProperties): boolean => type !== 'notice' && type !== 'hidden';

/** A field, and the fields that can be added in it, in the order of the panel. */
function placesOf(field: INodeProperties, around?: Placed): Placed[] {
	const own: Placed = {
		field,
		label: around ? `${around.label} > ${field.displayName}` : field.displayName,
		name: around ? `${around.name}.${field.name}` : field.name,
		conditions: [...(around?.conditions ?? []), field.displayOptions?.show ?? {}],
	};
	if (field.type === 'collection') {
		return ((field.options ?? []) as INodeProperties[]).flatMap((one) => placesOf(one, own));
	}
	if (field.type !== 'fixedCollection') return [own];
	const rows = field.typeOptions?.multipleValues ? '[]' : '';
	const groups = (field.options ?? []) as INodePropertyCollection[];
	return [
		own,
		...groups.flatMap((group) => {
			const label = `${own.label} > ${group.displayName}`;
			const place = { ...own, label, name: `${own.name}.${group.name}${rows}` };
			return group.values.flatMap((one) => placesOf(one, place));
		}),
	];
}

const value = (one: unknown): string => (one === '' ? 'empty' : `\`${String(one)}\``);

function choices(field: INodeProperties): string {
	if (field.type !== 'options' && field.type !== 'multiOptions') return '';
	const options = (field.options ?? []) as INodePropertyOptions[];
	if (options.length === 0) return '';
	const list = options.map((one) => `${value(one.value)} (${one.name})`).join(', ');
	return `${field.type === 'options' ? 'One' : 'One or more'} of ${list}.`;
}

function standard({ default: given }: INodeProperties): string {
	return given === '' || typeof given === 'object' ? '' : `\`${String(given)}\``;
}

/** The key that a field asks for, if the operation has another one too. */
function keyNote({ conditions }: Placed, keys: AnyOperation['keys']): string {
	const wanted = conditions.flatMap(({ authentication }) => authentication ?? []);
	if (wanted.length !== 1 || keys.length === 1) return '';
	return `${wanted[0] === 'emr' ? 'EMR' : 'Client'} key only.`;
}

/** What else must be chosen. n8n's conditions on stored values are about saved workflows, and are left out. */
const choiceNotes = ({ conditions }: Placed): string[] =>
	conditions
		.flatMap((show) => Object.entries(show))
		.filter(([name]) => name !== 'authentication' && !name.startsWith('@'))
		.flatMap(([name, wanted = []]) => {
			const values = wanted.filter((one) => typeof one !== 'object');
			return values.length === 0
				? []
				: [`Only if \`${name}\` is ${values.map(value).join(' or ')}.`];
		});

function row(placed: Placed, keys: AnyOperation['keys']): string {
	const { field, label, name } = placed;
	const notes = [
		keyNote(placed, keys),
		...choiceNotes(placed),
		field.required ? 'Required.' : '',
		field.description ?? '',
		field.hint ?? '',
		choices(field),
	];
	const text = notes
		.filter(Boolean)
		.map((note) => (/[.!?]$/.test(note) ? note : `${note}.`))
		.join(' ');
	return `| ${label} | \`${name}\` | ${standard(field)} | ${cell(text)} |`;
}

/**
 * The fields of an operation as a table. A field that only one kind of key has says so; `required` is meant
 * where the field is shown. Notices and hidden fields aren't in it.
 */
export function parameterTable({ fields, keys }: Pick<AnyOperation, 'fields' | 'keys'>): string {
	const places = fields.filter(isShown).flatMap((field) => placesOf(field));
	const rows = places.filter(({ field }) => isShown(field)).map((placed) => row(placed, keys));
	return ['| Field | Parameter | Default | Meaning |', '|---|---|---|---|', ...rows].join('\n');
}
