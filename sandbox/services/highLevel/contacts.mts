import { isObject, type Problem, type Values } from '../shared/fields.mts';

export interface CustomField {
	id: string;
	name: string;
	/** e.g. `contact.gfe_status` */
	fieldKey: string;
	dataType: 'TEXT' | 'LARGE_TEXT' | 'NUMERICAL' | 'DATE';
}

export interface Note {
	id: string;
	body: string;
	userId?: string;
	contactId: string;
	dateAdded: string;
}

export interface Task {
	id: string;
	title: string;
	body?: string;
	dueDate: string;
	completed: boolean;
	assignedTo?: string;
	contactId: string;
}

export interface Contact {
	id: string;
	locationId: string;
	email?: string;
	phone?: string;
	firstName?: string;
	lastName?: string;
	tags: string[];
	/** By the field's id. */
	customFields: Map<string, unknown>;
	dateAdded: string;
	/** The other fields that were written. */
	more: Values;
}

const nullable = 'string';

/** UpdateContactDto. Any other field is refused. */
export const CONTACT_FIELDS = {
	firstName: nullable,
	lastName: nullable,
	name: nullable,
	email: nullable,
	phone: nullable,
	address1: nullable,
	city: nullable,
	state: nullable,
	postalCode: 'string',
	website: nullable,
	timezone: nullable,
	dnd: 'boolean',
	tags: 'strings',
	customFields: 'array',
	source: nullable,
	country: 'string',
	assignedTo: nullable,
} as const;

export const resourceOf = (contact: Contact): object => {
	const { customFields, more, ...rest } = contact;
	const fields = [...customFields].map(([id, value]) => ({ id, value }));
	return { ...more, ...rest, customFields: fields };
};

/**
 * The custom fields of a body as values by id. An item names its field by `id` or `key`. Its value is
 * `field_value` in the specification. `fieldValue` works too (n8n issue 35392).
 * @returns the values, and a message for each problem
 */
export const readCustomFields = (
	items: unknown[],
	fields: readonly CustomField[],
): { values: Map<string, unknown>; messages: string[] } => {
	const values = new Map<string, unknown>();
	const messages: string[] = [];
	items.forEach((item, index) => {
		const at = `customFields.${index}`;
		if (!isObject(item)) return void messages.push(`each value in ${at} must be an object`);
		const field = fields.find(
			({ id, fieldKey }) =>
				id === item.id || fieldKey === item.key || fieldKey === `contact.${String(item.key)}`,
		);
		const strange = Object.keys(item).filter(
			(name) => !['id', 'key', 'field_value', 'fieldValue'].includes(name),
		);
		for (const name of strange) messages.push(`${at}.property ${name} should not exist`);
		if (!field) messages.push(`${at}.id must be the id of a custom field`);
		else values.set(field.id, item.field_value ?? item.fieldValue);
	});
	return { values, messages };
};

/** Problems in HighLevel's words. */
export const messagesOf = (problems: Problem[]): string[] =>
	problems.map(({ field, reason, expected }) => {
		if (reason === 'missing') return `${field} should not be empty`;
		if (reason === 'unknown') return `property ${field} should not exist`;
		if (expected === 'strings') return `each value in ${field} must be a string`;
		if (expected === 'time') return `${field} must be a valid ISO 8601 date string`;
		return `${field} must be a ${expected === 'text' ? 'string' : expected}${expected === 'boolean' ? ' value' : ''}`;
	});
