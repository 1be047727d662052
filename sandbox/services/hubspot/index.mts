/**
 * Stand-in for HubSpot: contacts and tasks.
 *
 * Written from: legacy "Contacts" v1 (create or update by email, get by id), legacy "Engagements" v1
 * (create an engagement), CRM search v3, "Error handling" and "API usage guidelines and limits"
 * (headers X-HubSpot-RateLimit-*), developers.hubspot.com/docs, read 2026-11. These are the endpoints of
 * n8n's node 2.2; it uses no newer ones for them.
 * Not imitated: companies, deals, tickets, forms, lists, merging, associations other than a task's contacts,
 * OAuth (the token is a private app's), the delay until a search finds what was just written, the counting
 * of requests (use `fail('limited')`). The text for a task with an unknown contact is ours.
 */
import { randomUUID } from 'node:crypto';
import { isObject } from '../shared/fields.mts';
import { bearer, fieldsOf, type Answer, type ServiceRequest } from '../shared/http.mts';
import { StandIn } from '../shared/service.mts';
import type { NewCredential } from '../shared/tokens.mts';
import { checkValue, DEFAULT_PROPERTIES, type Property } from './properties.mts';
import { readFilters } from './search.mts';

const TOKEN = 'pat-na1-sandbox';
const LIMITS = {
	'x-hubspot-ratelimit-max': '100',
	'x-hubspot-ratelimit-interval-milliseconds': '10000',
};
const BRIEF = ['createdate', 'email', 'firstname', 'hs_object_id', 'lastmodifieddate', 'lastname'];
const TASK_STATUS = ['NOT_STARTED', 'COMPLETED', 'IN_PROGRESS', 'WAITING', 'DEFERRED'];
const TYPES = ['EMAIL', 'CALL', 'MEETING', 'TASK', 'NOTE'];

export interface Contact {
	vid: number;
	properties: Record<string, string>;
}

export interface Engagement {
	id: number;
	/** e.g. `TASK` */
	type: string;
	/** Unix time in ms; a task's due date. */
	timestamp: number;
	contactIds: number[];
	metadata: Record<string, unknown>;
}

const error = (status: number, message: string, more: object = {}): Answer => ({
	status,
	json: { status: 'error', message, correlationId: randomUUID(), ...more },
});

const invalid = (message: string, more: object = {}): Answer =>
	error(400, message, { category: 'VALIDATION_ERROR', ...more });

const unauthorized = (): Answer =>
	error(
		401,
		'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview',
		{ category: 'INVALID_AUTHENTICATION' },
	);

export class HubSpot extends StandIn {
	/** By id. */
	readonly contacts = new Map<number, Contact>();
	readonly engagements: Engagement[] = [];
	private readonly properties = new Map<string, Property>();
	private nextId = 101;

	constructor() {
		const contact = '/contacts/v1/contact';
		const clear = () => {
			this.contacts.clear();
			this.engagements.length = 0;
			this.properties.clear();
			for (const property of DEFAULT_PROPERTIES) this.properties.set(property.name, property);
		};
		super({
			name: 'HubSpot',
			hosts: ['api.hubapi.com'],
			routes: [
				{
					call: `POST ${contact}/createOrUpdate/email/{email}`,
					body: { properties: 'array!' },
					answer: (request) => this.upsert(request),
				},
				{ call: `GET ${contact}/vid/{vid}/profile`, answer: (request) => this.profile(request) },
				{
					call: 'POST /crm/v3/objects/contacts/search',
					body: { limit: 'integer', query: 'string', sorts: 'array', filterGroups: 'array' },
					answer: (request) => this.search(request),
				},
				{ call: 'POST /engagements/v1/engagements', answer: (request) => this.engage(request) },
				{
					call: 'GET /crm/v3/properties/contacts',
					answer: () => ({ status: 200, json: { results: [...this.properties.values()] } }),
				},
				{
					call: 'GET /account-info/v3/details',
					answer: () => ({ status: 200, json: { portalId: 1, accountType: 'STANDARD' } }),
				},
			],
			errors: {
				authorize: (request) => (bearer(request) === TOKEN ? undefined : unauthorized()),
				invalid: ([problem]) => invalid(`Invalid input JSON: ${problem?.field} ${problem?.reason}`),
				badJson: () => invalid('Invalid input JSON: could not be read'),
				unknownRoute: () => error(404, 'resource not found'),
				limited: () =>
					error(429, 'You have reached your ten_secondly_rolling limit.', {
						errorType: 'RATE_LIMIT',
						policyName: 'TEN_SECONDLY_ROLLING',
						requestId: randomUUID(),
					}),
				revoked: unauthorized,
				down: () => error(503, 'Service unavailable'),
			},
			headers: () => ({ ...LIMITS, 'x-hubspot-ratelimit-remaining': '99' }),
			clear,
		});
		clear();
	}

	/** n8n's credential. */
	credential(): NewCredential {
		return { type: 'hubspotAppToken', data: { appToken: TOKEN } };
	}

	/** Adds a property to the account, as a person does under Settings. */
	defineProperty(property: Omit<Property, 'label'> & { label?: string }): void {
		this.properties.set(property.name, { label: property.name, ...property });
	}

	addContact(properties: Record<string, string>): Contact {
		const vid = this.nextId++;
		const now = new Date().toISOString();
		const system = { createdate: now, lastmodifieddate: now, hs_object_id: String(vid) };
		const contact = { vid, properties: { ...properties, ...system } };
		this.contacts.set(vid, contact);
		return contact;
	}

	contactWith(email: string): Contact | undefined {
		const wanted = email.toLowerCase();
		return [...this.contacts.values()].find(({ properties }) => properties.email === wanted);
	}

	private upsert(request: ServiceRequest): Answer {
		const given = (fieldsOf(request).properties as unknown[]).filter(isObject);
		const pairs = given.map((one) => [String(one.property), String(one.value ?? '')] as const);
		const email = (request.params.email ?? '').toLowerCase();
		const validationResults = [['email', email] as const, ...pairs]
			.map(([name, value]) => checkValue(this.properties, name, value))
			.filter((one) => one !== undefined);
		if (validationResults.length > 0) {
			const more = { validationResults, requestId: randomUUID() };
			return error(400, 'Property values were not valid', more);
		}
		const known = this.contactWith(email);
		const contact = known ?? this.addContact({ email });
		for (const [name, value] of pairs) {
			if (value === '') delete contact.properties[name];
			else contact.properties[name] = name === 'email' ? value.toLowerCase() : value;
		}
		contact.properties.lastmodifieddate = new Date().toISOString();
		return { status: 200, json: { vid: contact.vid, isNew: known === undefined } };
	}

	private profile(request: ServiceRequest): Answer {
		const contact = this.contacts.get(Number(request.params.vid));
		if (!contact) return error(404, 'contact does not exist', { requestId: randomUUID() });
		const { vid } = contact;
		const properties = Object.fromEntries(
			Object.entries(contact.properties).map(([name, value]) => [name, { value, versions: [] }]),
		);
		const json = { vid, 'canonical-vid': vid, 'portal-id': 1, 'is-contact': true, properties };
		return { status: 200, json };
	}

	private search(request: ServiceRequest): Answer {
		const { filterGroups, query, sorts, properties, limit = 10, after = 0 } = fieldsOf(request);
		const size = limit as number;
		if (size < 1 || size > 200) return invalid(`Invalid limit: ${size}. The maximum is 200.`);
		const test = readFilters(this.properties, filterGroups);
		const [sort] = (sorts ?? []) as Array<{ propertyName?: string; direction?: string }>;
		if (!test || (sort && !this.properties.has(sort.propertyName ?? ''))) {
			return invalid('There was a problem with the request.');
		}
		const text = String(query ?? '').toLowerCase();
		const found = [...this.contacts.values()].filter(
			(one) =>
				test(one.properties) &&
				Object.values(one.properties).some((value) => value.toLowerCase().includes(text)),
		);
		const by = sort?.propertyName ?? 'hs_object_id';
		found.sort((a, b) => (a.properties[by] ?? '').localeCompare(b.properties[by] ?? ''));
		if (sort?.direction === 'DESCENDING') found.reverse();
		const start = Number(after);
		const wanted = Array.isArray(properties) ? properties.map(String) : [];
		const results = found.slice(start, start + size).map((one) => ({
			id: String(one.vid),
			properties: Object.fromEntries(
				[...BRIEF, ...wanted].map((name) => [name, one.properties[name] ?? null]),
			),
			createdAt: one.properties.createdate,
			updatedAt: one.properties.lastmodifieddate,
			archived: false,
		}));
		const isMore = found.length > start + size;
		const paging = isMore ? { paging: { next: { after: String(start + size) } } } : {};
		return { status: 200, json: { total: found.length, results, ...paging } };
	}

	private engage(request: ServiceRequest): Answer {
		const { engagement, metadata, associations } = fieldsOf(request);
		if (!isObject(engagement)) return error(400, 'engagement cannot be null');
		if (!isObject(metadata)) return error(400, 'metadata cannot be null');
		const type = String(engagement.type);
		if (!TYPES.includes(type))
			return error(400, `Invalid input JSON: ${type} is no engagement type`);
		if (type === 'TASK' && ![undefined, ...TASK_STATUS].includes(metadata.status as string)) {
			return error(400, `Invalid input JSON: ${String(metadata.status)} is no task status`);
		}
		const ids = isObject(associations) ? (associations.contactIds ?? []) : [];
		const contactIds = (Array.isArray(ids) ? ids : [ids]).map(Number);
		const unknown = contactIds.find((id) => !this.contacts.has(id));
		if (unknown !== undefined) return invalid(`CONTACT=${unknown} is not valid`);
		const timestamp = Number(engagement.timestamp ?? Date.now());
		const kept: Engagement = { id: this.nextId++, type, timestamp, contactIds, metadata };
		this.engagements.push(kept);
		const now = Date.now();
		const system = { id: kept.id, portalId: 1, active: true, createdAt: now, lastUpdated: now };
		const stored = { ...system, type, timestamp };
		return {
			status: 200,
			json: { engagement: stored, associations: { contactIds }, attachments: [], metadata },
		};
	}
}
