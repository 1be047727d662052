import { isObject, type Values } from '../shared/fields.mts';
import { refuse } from '../shared/http.mts';
import { error, invalid } from './errors.mts';

const TASK_STATUS = ['NOT_STARTED', 'COMPLETED', 'IN_PROGRESS', 'WAITING', 'DEFERRED'];
const TYPES = ['EMAIL', 'CALL', 'MEETING', 'TASK', 'NOTE'];

export interface Engagement {
	id: number;
	/** e.g. `TASK` */
	type: string;
	/** Unix milliseconds. The due date of a task. */
	timestamp: number;
	contactIds: number[];
	metadata: Record<string, unknown>;
}

/**
 * Reads an engagement to be created.
 * @param isContact whether there is a contact with this ID
 * @returns the engagement without an ID. It refuses a wrong one in HubSpot's words
 */
export const readEngagement = (
	body: Values,
	isContact: (id: number) => boolean,
): Omit<Engagement, 'id'> => {
	const { engagement, metadata, associations } = body;
	if (!isObject(engagement)) return refuse(error(400, 'engagement cannot be null'));
	if (!isObject(metadata)) return refuse(error(400, 'metadata cannot be null'));
	const type = String(engagement.type);
	if (!TYPES.includes(type)) {
		return refuse(error(400, `Invalid input JSON: ${type} is no engagement type`));
	}
	if (type === 'TASK' && ![undefined, ...TASK_STATUS].includes(metadata.status as string)) {
		const text = `Invalid input JSON: ${String(metadata.status)} is no task status`;
		return refuse(error(400, text));
	}
	const ids = isObject(associations) ? (associations.contactIds ?? []) : [];
	const contactIds = (Array.isArray(ids) ? ids : [ids]).map(Number);
	const unknown = contactIds.find((id) => !isContact(id));
	if (unknown !== undefined) return refuse(invalid(`CONTACT=${unknown} is not valid`));
	const timestamp = Number(engagement.timestamp ?? Date.now());
	return { type, timestamp, contactIds, metadata };
};

/** An engagement in HubSpot's form. */
export const engagementResource = ({ id, type, timestamp, contactIds, metadata }: Engagement) => {
	const now = Date.now();
	const system = { id, portalId: 1, active: true, createdAt: now, lastUpdated: now };
	const engagement = { ...system, type, timestamp };
	return { engagement, associations: { contactIds }, attachments: [], metadata };
};
