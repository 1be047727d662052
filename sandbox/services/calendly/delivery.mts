import { createHmac, randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { API, USER } from './me.mts';

export interface Booking {
	email: string;
	firstName: string;
	lastName: string;
	/** ISO times. */
	start: string;
	end: string;
	/** The event type, e.g. `Botox consultation` */
	eventName: string;
	/** The invitee's answers on the booking page, by question. */
	answers?: Record<string, string>;
	timezone?: string;
	/** For a text reminder, E.164. */
	phone?: string;
}

/** One invitee in the form of a webhook. */
export const inviteePayload = (booking: Booking, uuid: string = randomUUID()) => {
	const event = `${API}/scheduled_events/${uuid}`;
	const now = new Date().toISOString();
	const questions_and_answers = Object.entries(booking.answers ?? {}).map(
		([question, answer], position) => ({ question, answer, position }),
	);
	return {
		uri: `${event}/invitees/${uuid}`,
		email: booking.email,
		first_name: booking.firstName,
		last_name: booking.lastName,
		name: `${booking.firstName} ${booking.lastName}`,
		status: 'active',
		questions_and_answers,
		timezone: booking.timezone ?? 'America/New_York',
		event,
		created_at: now,
		updated_at: now,
		tracking: { utm_campaign: null, utm_source: null, utm_medium: null, utm_content: null },
		text_reminder_number: booking.phone ?? null,
		rescheduled: false,
		old_invitee: null,
		new_invitee: null,
		cancel_url: `https://calendly.com/cancellations/${uuid}`,
		reschedule_url: `https://calendly.com/reschedulings/${uuid}`,
		routing_form_submission: null,
		payment: null,
		no_show: null,
		reconfirmation: null,
		scheduled_event: {
			uri: event,
			name: booking.eventName,
			status: 'active',
			start_time: booking.start,
			end_time: booking.end,
			event_type: `${API}/event_types/1`,
			location: { type: 'physical', location: 'Spa' },
			invitees_counter: { total: 1, active: 1, limit: 1 },
			created_at: now,
			updated_at: now,
			event_memberships: [{ user: USER }],
			event_guests: [],
		},
	};
};

export type Invitee = ReturnType<typeof inviteePayload>;

/** `t=...,v1=...` over the time and the exact bytes. @param at Unix time in seconds */
export const signature = (key: string, body: string, at: number): string => {
	const v1 = createHmac('sha256', key).update(`${at}.${body}`).digest('hex');
	return `t=${at},v1=${v1}`;
};

/** Posts a body, to loopback only. @returns the status */
export const post = (url: string, body: string, signed: string | undefined): Promise<number> =>
	new Promise((resolve, reject) => {
		const headers = {
			'content-type': 'application/json',
			'content-length': Buffer.byteLength(body),
			'user-agent': 'Calendly',
			...(signed && { 'calendly-webhook-signature': signed }),
		};
		const request = httpRequest(url, { method: 'POST', headers }, (response) => {
			response.resume().once('end', () => resolve(response.statusCode ?? 0));
		});
		request.once('error', reject).end(body);
	});
