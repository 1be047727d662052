/** The properties of a contact. HubSpot refuses a value for a property that the account doesn't have. */

type PropertyType = 'string' | 'number' | 'date' | 'datetime' | 'bool' | 'enumeration';

export interface Property {
	name: string;
	label: string;
	type: PropertyType;
	/** The values of an enumeration. */
	options?: string[];
}

interface InvalidValue {
	isValid: false;
	message: string;
	error: string;
	name: string;
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[A-Za-z]{2,}$/;
const DAY_MS = 86_400_000;

const text = (name: string): Property => ({ name, label: name, type: 'string' });

/** HubSpot's own properties that recipes use. */
export const DEFAULT_PROPERTIES: readonly Property[] = [
	...['email', 'firstname', 'lastname', 'phone', 'mobilephone', 'address', 'city', 'state'].map(
		text,
	),
	...['zip', 'country', 'company', 'website', 'jobtitle', 'message', 'date_of_birth'].map(text),
	...['createdate', 'lastmodifieddate'].map((name) => ({
		...text(name),
		type: 'datetime' as const,
	})),
	{ ...text('hs_object_id'), type: 'number' },
	{
		...text('lifecyclestage'),
		type: 'enumeration',
		options: [
			'subscriber',
			'lead',
			'marketingqualifiedlead',
			'salesqualifiedlead',
			'opportunity',
			'customer',
			'evangelist',
			'other',
		],
	},
];

const READ_ONLY = new Set(['createdate', 'lastmodifieddate', 'hs_object_id']);

/** Times are Unix milliseconds or ISO 8601. A date is midnight in UTC. */
const timeOf = (value: string): number => (/^\d+$/.test(value) ? Number(value) : Date.parse(value));

const CHECKS: Record<
	PropertyType,
	(value: string, property: Property) => [string, string] | undefined
> = {
	string: () => undefined,
	number: (value) =>
		Number.isFinite(Number(value)) ? undefined : ['INVALID_LONG', `${value} was not a valid long.`],
	bool: (value) =>
		['true', 'false'].includes(value)
			? undefined
			: ['INVALID_BOOLEAN', `${value} was not a valid boolean.`],
	datetime: (value) =>
		Number.isNaN(timeOf(value)) ? ['INVALID_DATE', `${value} was not a valid date.`] : undefined,
	date: (value) => {
		const time = timeOf(value);
		if (Number.isNaN(time)) return ['INVALID_DATE', `${value} was not a valid long.`];
		return time % DAY_MS === 0
			? undefined
			: [
					'INVALID_DATE',
					`${value} is at ${new Date(time).toISOString().slice(11, 19)} UTC, not midnight!`,
				];
	},
	enumeration: (value, { options = [] }) =>
		options.includes(value)
			? undefined
			: ['INVALID_OPTION', `${value} was not one of the allowed options: [${options.join(', ')}]`],
};

/** The problem of a property's value. An empty value removes the property and is always valid. */
export const checkValue = (
	known: ReadonlyMap<string, Property>,
	name: string,
	value: string,
): InvalidValue | undefined => {
	const property = known.get(name);
	const wrong = (error: string, message: string): InvalidValue => ({
		isValid: false,
		message,
		error,
		name,
	});
	if (!property) return wrong('PROPERTY_DOESNT_EXIST', `Property "${name}" does not exist`);
	if (READ_ONLY.has(name)) return wrong('READ_ONLY_VALUE', `"${name}" is a read only property`);
	if (value === '') return undefined;
	if (name === 'email' && !EMAIL.test(value)) {
		return wrong('INVALID_EMAIL', `Email address ${value} is invalid`);
	}
	const found = CHECKS[property.type](value, property);
	return found && wrong(...found);
};
