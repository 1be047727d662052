import { randomBytes } from 'node:crypto';
import type { Contact, CustomField, Note, Task } from './contacts.mts';

export const newId = (): string => randomBytes(10).toString('hex');

/** The data of a HighLevel location. */
export class HighLevelStore {
	/** By ID, in the order of creation. */
	readonly contacts = new Map<string, Contact>();
	readonly notes: Note[] = [];
	readonly tasks: Task[] = [];
	readonly customFields: CustomField[] = [];

	constructor(readonly locationId: string) {}

	clear(): void {
		this.contacts.clear();
		this.notes.length = 0;
		this.tasks.length = 0;
		this.customFields.length = 0;
	}

	addContact(values: Partial<Contact>): Contact {
		const contact: Contact = {
			id: newId(),
			locationId: this.locationId,
			tags: [],
			customFields: new Map(),
			dateAdded: new Date().toISOString(),
			more: {},
			...values,
		};
		this.contacts.set(contact.id, contact);
		return contact;
	}

	/** Adds a custom field to the location, as a person does under Settings. */
	defineField(name: string, dataType: CustomField['dataType'] = 'TEXT'): CustomField {
		const fieldKey = `contact.${name.toLowerCase().replace(/\W+/g, '_')}`;
		const field = { id: newId(), name, fieldKey, dataType };
		this.customFields.push(field);
		return field;
	}

	/** A contact's custom fields by name. */
	valuesOf(contactId: string): Record<string, unknown> {
		const contact = this.contacts.get(contactId);
		const pairs = this.customFields.map(({ id, name }) => [name, contact?.customFields.get(id)]);
		return Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
	}

	notesOf(contactId: string): string[] {
		return this.notes.filter((one) => one.contactId === contactId).map(({ body }) => body);
	}

	/** The contact with the email, or with the phone number. */
	match(email: string | undefined, phone: string | undefined): Contact | undefined {
		const all = [...this.contacts.values()];
		const byEmail = email && all.find((one) => one.email?.toLowerCase() === email.toLowerCase());
		return byEmail || all.find((one) => phone !== undefined && one.phone === phone);
	}
}
