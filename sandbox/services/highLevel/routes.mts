import { fieldsOf, refuse, type Answer, type ServiceRequest } from '../shared/http.mts';
import type { Route } from '../shared/service.mts';
import {
	CONTACT_FIELDS,
	readCustomFields,
	resourceOf,
	type Contact,
	type Note,
	type Task,
} from './contacts.mts';
import { gatewayError, highLevelError } from './errors.mts';
import { newId, type HighLevelStore } from './store.mts';

const MAX_PAGE = 100;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/;

const ok = (json: unknown, status = 200): Answer => ({ status, json });

/** The endpoints of a location's contacts. */
export const highLevelRoutes = (store: HighLevelStore): Route[] => {
	const contactOf = (request: ServiceRequest): Contact => {
		const id = request.params.id ?? '';
		return store.contacts.get(id) ?? refuse(highLevelError(400, `Contact with id ${id} not found`));
	};

	const write = (contact: Contact, body: Record<string, unknown>): void => {
		const { customFields = [], tags, email, phone, firstName, lastName, ...more } = body;
		const read = readCustomFields(customFields as unknown[], store.customFields);
		if (read.messages.length > 0) refuse(highLevelError(422, read.messages));
		if (typeof email === 'string' && email !== '' && !EMAIL.test(email)) {
			refuse(highLevelError(422, ['email must be an email']));
		}
		const texts = Object.entries({ email, phone, firstName, lastName });
		Object.assign(contact, Object.fromEntries(texts.filter(([, value]) => value !== undefined)));
		// The tags of a body replace all tags of the contact.
		if (tags !== undefined) contact.tags = lowerCase(tags);
		for (const [id, value] of read.values) contact.customFields.set(id, value);
		Object.assign(contact.more, more);
	};

	const list = ({ query }: ServiceRequest): Answer => {
		if (query.locationId !== store.locationId) {
			return gatewayError(403, 'The token does not have access to this location.');
		}
		const limit = Number(query.limit ?? 20);
		if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE) {
			return highLevelError(422, [`limit must not be greater than ${MAX_PAGE}`]);
		}
		const text = (query.query ?? '').toLowerCase();
		const found = [...store.contacts.values()].filter(({ email, phone, firstName, lastName }) =>
			[email, phone, `${firstName} ${lastName}`].some((one) => one?.toLowerCase().includes(text)),
		);
		const from = found.findIndex(({ id }) => id === query.startAfterId) + 1;
		const contacts = found.slice(from, from + limit);
		const last = contacts.at(-1);
		const meta = {
			total: found.length,
			startAfterId: last?.id ?? '',
			startAfter: last ? Date.parse(last.dateAdded) : 0,
			currentPage: Math.floor(from / limit) + 1,
			nextPage: from + limit < found.length ? Math.floor(from / limit) + 2 : null,
		};
		return ok({ contacts: contacts.map(resourceOf), meta });
	};

	const upsert = (request: ServiceRequest): Answer => {
		const { locationId, ...body } = fieldsOf(request);
		if (locationId !== store.locationId) {
			return gatewayError(403, 'The token does not have access to this location.');
		}
		const [email, phone] = [body.email, body.phone].map((one) => (one ? String(one) : undefined));
		if (!email && !phone) return highLevelError(400, 'Either email or phone is required');
		const known = store.match(email, phone);
		const contact = known ?? store.addContact({});
		try {
			write(contact, body);
		} catch (error) {
			if (!known) store.contacts.delete(contact.id);
			throw error;
		}
		return ok({ new: known === undefined, contact: resourceOf(contact) });
	};

	const update = (request: ServiceRequest): Answer => {
		const contact = contactOf(request);
		write(contact, fieldsOf(request));
		return ok({ succeded: true, contact: resourceOf(contact) });
	};

	const addTags = (request: ServiceRequest): Answer => {
		const contact = contactOf(request);
		contact.tags = [...new Set([...contact.tags, ...lowerCase(fieldsOf(request).tags)])];
		return ok({ tags: contact.tags }, 201);
	};

	const removeTags = (request: ServiceRequest): Answer => {
		const contact = contactOf(request);
		const gone = lowerCase(fieldsOf(request).tags);
		contact.tags = contact.tags.filter((tag) => !gone.includes(tag));
		return ok({ tags: contact.tags });
	};

	const addNote = (request: ServiceRequest): Answer => {
		const { id: contactId } = contactOf(request);
		const { body, userId } = fieldsOf(request) as { body: string; userId?: string };
		const dateAdded = new Date().toISOString();
		const note: Note = { id: newId(), body, contactId, dateAdded, ...(userId && { userId }) };
		store.notes.push(note);
		return ok({ note }, 201);
	};

	const addTask = (request: ServiceRequest): Answer => {
		const { id: contactId } = contactOf(request);
		const task = { ...(fieldsOf(request) as unknown as Task), id: newId(), contactId };
		store.tasks.push(task);
		return ok({ task }, 201);
	};

	const ofContact = <T extends { contactId: string }>(all: T[], request: ServiceRequest): T[] => {
		const { id } = contactOf(request);
		return all.filter(({ contactId }) => contactId === id);
	};

	const contact = '/contacts/{id}';
	const task = { title: 'text!', dueDate: 'time!', completed: 'boolean!', body: 'string' } as const;
	return [
		{ call: 'GET /contacts', answer: list },
		{
			call: 'POST /contacts/upsert',
			body: { ...CONTACT_FIELDS, locationId: 'text!', companyName: 'string', gender: 'string' },
			open: false,
			answer: upsert,
		},
		{
			call: `GET ${contact}`,
			answer: (request) => ok({ contact: resourceOf(contactOf(request)) }),
		},
		{ call: `PUT ${contact}`, body: CONTACT_FIELDS, open: false, answer: update },
		{ call: `POST ${contact}/tags`, body: { tags: 'strings!' }, open: false, answer: addTags },
		{ call: `DELETE ${contact}/tags`, body: { tags: 'strings!' }, open: false, answer: removeTags },
		{
			call: `POST ${contact}/notes`,
			body: { body: 'text!', userId: 'string' },
			open: false,
			answer: addNote,
		},
		{
			call: `GET ${contact}/notes`,
			answer: (request) => ok({ notes: ofContact(store.notes, request) }),
		},
		{
			call: `POST ${contact}/tasks`,
			body: { ...task, assignedTo: 'string' },
			open: false,
			answer: addTask,
		},
		{
			call: `GET ${contact}/tasks`,
			answer: (request) => ok({ tasks: ofContact(store.tasks, request) }),
		},
		{
			call: 'GET /locations/{location}/customFields',
			answer: ({ params }) =>
				params.location === store.locationId
					? ok({ customFields: store.customFields })
					: gatewayError(403, 'The token does not have access to this location.'),
		},
	];
};

/** HighLevel keeps tags in lower case. */
const lowerCase = (tags: unknown): string[] =>
	(tags as string[]).map((tag) => tag.trim().toLowerCase()).filter(Boolean);
