import { randomBytes } from 'node:crypto';
import type { Contact, CustomField } from './contacts.mts';

export interface Booking {
	/** ISO times with a zone. */
	startTime: string;
	endTime: string;
	calendarName: string;
	appointmentId?: string;
	/** e.g. `booked`, `confirmed`, `cancelled` */
	status?: string;
	/** The fields that a user adds to the action under "Custom Data". */
	customData?: Record<string, string>;
}

/**
 * The body that a HighLevel workflow's Webhook action posts for a booking: the contact's fields at the top,
 * custom fields by their names, then the calendar, the location and the workflow. HighLevel doesn't sign it.
 * Written from public descriptions of the action ("Workflow Action - Webhook", help.gohighlevel.com), which
 * have no schema. A recipe should use "Custom Data" for the fields it needs.
 */
export const bookingBody = (
	contact: Contact,
	fields: readonly CustomField[],
	booking: Booking,
): Record<string, unknown> => {
	const { id, firstName = '', lastName = '', email, phone, tags, dateAdded, locationId } = contact;
	const custom = fields.map(({ id: field, name }) => [name, contact.customFields.get(field)]);
	const status = booking.status ?? 'booked';
	return {
		contact_id: id,
		first_name: firstName,
		last_name: lastName,
		full_name: `${firstName} ${lastName}`.trim(),
		email,
		phone,
		tags: tags.join(','),
		date_created: dateAdded,
		contact_type: 'lead',
		...Object.fromEntries(custom),
		calendar: {
			title: booking.calendarName,
			calendarName: booking.calendarName,
			selectedTimezone: 'America/New_York',
			appointmentId: booking.appointmentId ?? randomBytes(10).toString('hex'),
			startTime: booking.startTime,
			endTime: booking.endTime,
			status,
			// HighLevel's own spelling.
			appoinmentStatus: status,
		},
		location: { id: locationId, name: 'Spa' },
		workflow: { id: 'workflow-1', name: 'Booking to n8n' },
		triggerData: {},
		customData: booking.customData ?? {},
	};
};
