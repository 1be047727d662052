/**
 * Stand-in for HubSpot: contacts and tasks.
 *
 * Written from: legacy "Contacts" v1 (create or update by email, get by id), legacy "Engagements" v1 (create an
 * engagement), CRM search v3, "Error handling" and "API usage guidelines and limits" (headers
 * X-HubSpot-RateLimit-*), developers.hubspot.com/docs, excerpts read in 2026-11. These are the endpoints of n8n's node 2.2,
 * which uses no newer ones. Not imitated: companies, deals, tickets, forms, lists, merging, associations other
 * than a task's contacts, OAuth (the token is a private app's), the delay until a search finds what was just
 * written, the counting of requests (use `fail('limited')`). The text for a task with an unknown contact is
 * invented.
 */
import { randomUUID } from 'node:crypto';
import { isObject } from '../shared/fields.mts';
import { bearer, fieldsOf, type Answer, type ServiceRequest } from '../shared/http.mts';
import { StandIn } from '../shared/service.mts';
import type { NewCredential } from '../shared/tokens.mts';
import { searchContacts, type Contact } from './contacts.mts';
import { engagementResource, readEngagement, type Engagement } from './engagements.mts';
import { error, invalid } from './errors.mts';
import { checkValue, DEFAULT_PROPERTIES, type Property } from './properties.mts';

const TOKEN = 'pat-na1-sandbox';
const LIMITS = {
	'x-hubspot-ratelimit-max': '100',
	'x-hubspot-ratelimit-interval-milliseconds': '10000',
};
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
					answer: (request) =>
						searchContacts(this.contacts.values(), this.properties, fieldsOf(request)),
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
		const written = pairs.map(([name, value]) => [
			name,
			name === 'email' ? value.toLowerCase() : value,
		]);
		const properties = { ...contact.properties, ...(Object.fromEntries(written) as object) };
		// An empty value removes the property.
		contact.properties = Object.fromEntries(
			Object.entries(properties).filter(([, value]) => value !== ''),
		);
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

	private engage(request: ServiceRequest): Answer {
		const read = readEngagement(fieldsOf(request), (id) => this.contacts.has(id));
		const kept = { id: this.nextId++, ...read };
		this.engagements.push(kept);
		return { status: 200, json: engagementResource(kept) };
	}
}
