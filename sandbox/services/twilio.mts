/**
 * Stand-in for Twilio: text messages.
 *
 * Written from: twilio_api_v2010.yaml of github.com/twilio/twilio-oai, the pages of the errors 20429, 21211 and
 * 21609, and the changelog of 2024-07-10 (number validation), twilio.com/docs, excerpts read in 2026-11. For "Messages
 * resource" and the other errors, only excerpts were read. Their texts are those that client libraries and
 * users report. Not imitated: WhatsApp, calls, messaging services and alphanumeric senders, media, status
 * callbacks, carriers' filters and prices, numbers in national form (E.164 only), the counting of requests (use
 * `fail('limited')`).
 */
import { fieldsOf, type Answer, type ServiceRequest } from './shared/http.mts';
import { StandIn } from './shared/service.mts';
import type { NewCredential } from './shared/tokens.mts';

const ACCOUNT = `AC${'0'.repeat(31)}1`;
const AUTH_TOKEN = 'twilio-sandbox-token';
const MAX_BODY = 1600;
const E164 = /^\+[1-9]\d{7,14}$/;

interface TextMessage {
	sid: string;
	from: string;
	to: string;
	body: string;
	/** ISO time. */
	sent: string;
}

const error = (status: number, code: number, message: string): Answer => ({
	status,
	json: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
});

const notFound = ({ path }: ServiceRequest): Answer =>
	error(404, 20404, `The requested resource ${path} was not found`);

export class Twilio extends StandIn {
	readonly messages: TextMessage[] = [];
	/** The account's own numbers, from which it may send. */
	readonly numbers = new Set(['+15005550006']);
	/** The numbers that answered STOP. */
	readonly unsubscribed = new Set<string>();

	constructor() {
		const account = '/2010-04-01/Accounts/{account}';
		super({
			name: 'Twilio',
			hosts: ['api.twilio.com'],
			routes: [
				{ call: `POST ${account}/Messages.json`, answer: (request) => this.create(request) },
				{
					call: `GET ${account}.json`,
					answer: (request) =>
						request.params.account === ACCOUNT
							? { status: 200, json: { sid: ACCOUNT, status: 'active' } }
							: notFound(request),
				},
			],
			errors: {
				authorize: (request) => {
					const wanted = Buffer.from(`${ACCOUNT}:${AUTH_TOKEN}`).toString('base64');
					const isKnown = request.headers.authorization === `Basic ${wanted}`;
					return isKnown ? undefined : error(401, 20003, 'Authenticate');
				},
				invalid: () => error(400, 20001, 'Invalid parameter'),
				badJson: () => error(400, 20001, 'Invalid parameter'),
				unknownRoute: notFound,
				limited: () => error(429, 20429, 'Too Many Requests'),
				revoked: () => error(401, 20003, 'Authenticate'),
				down: () => error(503, 20503, 'Service unavailable'),
			},
			headers: () => ({ 'twilio-concurrent-requests': '1' }),
			clear: () => {
				this.messages.length = 0;
				this.unsubscribed.clear();
			},
		});
	}

	/** n8n's credential. */
	credential(): NewCredential {
		const data = { authType: 'authToken', accountSid: ACCOUNT, authToken: AUTH_TOKEN };
		return { type: 'twilioApi', data };
	}

	/** The texts to a number, oldest first. */
	textsTo(number: string): string[] {
		return this.messages.filter(({ to }) => to === number).map(({ body }) => body);
	}

	private create(request: ServiceRequest): Answer {
		if (request.params.account !== ACCOUNT) return notFound(request);
		const form = fieldsOf(request) as Record<string, string | undefined>;
		const { To: to = '', From: from = '', Body: body = '', StatusCallback: callback = '' } = form;
		const wrong = this.problem(to, from, body, callback);
		if (wrong) return error(400, ...wrong);
		const sid = `SM${String(this.messages.length + 1).padStart(32, '0')}`;
		const sent = new Date();
		this.messages.push({ sid, from, to, body, sent: sent.toISOString() });
		const json = {
			sid,
			account_sid: ACCOUNT,
			to,
			from,
			body,
			status: 'queued',
			direction: 'outbound-api',
			num_segments: String(Math.ceil(body.length / 160)),
			date_created: sent.toUTCString(),
			error_code: null,
			error_message: null,
		};
		return { status: 201, json };
	}

	private problem(
		to: string,
		from: string,
		body: string,
		callback: string,
	): [number, string] | undefined {
		if (to === '') return [21604, "A 'To' phone number is required."];
		if (!E164.test(to)) return [21211, `Invalid 'To' Phone Number: ${to}`];
		if (from === '') return [21603, "A 'From' phone number is required."];
		if (!E164.test(from)) {
			return [21212, `Invalid From Number (caller ID): ${from}`];
		}
		if (!this.numbers.has(from)) {
			return [
				21606,
				`The 'From' phone number provided (${from}) is not a valid message-capable Twilio phone number for this destination.`,
			];
		}
		if (to === from) return [21266, "'To' and 'From' number cannot be the same"];
		if (body === '') return [21602, 'Message body is required.'];
		if (body.length > MAX_BODY) {
			return [21617, `The concatenated message body exceeds the ${MAX_BODY} character limit.`];
		}
		if (callback !== '' && !/^https?:\/\//.test(callback)) {
			return [21609, `The 'StatusCallback' URL ${callback} is not a valid URL.`];
		}
		if (this.unsubscribed.has(to)) return [21610, 'Attempt to send to unsubscribed recipient'];
		return undefined;
	}
}
