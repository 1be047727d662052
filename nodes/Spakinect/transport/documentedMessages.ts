import { isObject } from '../domain/json';

/**
 * The error messages that Spakinect documents, and the node's own sentence for each. An answer may quote
 * patient data, so it is only recognized and never shown. Other answers are explained by their status.
 */
const MESSAGES: ReadonlyArray<[documented: RegExp, sentence: string]> = [
	[/api key is missing/i, 'The request had no API key.'],
	[/invalid api key/i, 'Spakinect does not know this API key.'],
	[
		/emr is not authorized|not authorized for this location/i,
		'This key has no access to the location.',
	],
	[/not authorized/i, 'This key has no access to this GFE or location.'],
	[/gfe\b.{0,60}not found/i, 'Spakinect has no GFE with this ID.'],
	[/location\b.{0,60}not found/i, 'Spakinect has no location with this ID.'],
	[/emr\b.{0,60}not found/i, 'Spakinect has no EMR for this key.'],
	[/no valid treatments/i, 'Spakinect does not know any of the treatments.'],
	[
		/processing.{0,30}scheduled.{0,30}not completed/i,
		'Only visits that are Processing, Scheduled or Not Completed can be canceled.',
	],
	[/location_id is required/i, 'The location ID is missing.'],
	[/missing required field/i, 'A required field is missing.'],
];

/** Fields of the API and their labels in the panel. A refusal often names the field. */
const FIELDS: ReadonlyArray<[name: RegExp, label: string]> = [
	[/\bfirst_name\b/i, 'First Name'],
	[/\blast_name\b/i, 'Last Name'],
	[/\bemail\b/i, 'Email'],
	[/\bphone\b/i, 'Phone'],
	[/\bdob\b/i, 'Date of Birth'],
	[/\bappointment_time\b/i, 'Appointment Time'],
	[/\brequested_treatments\b/i, 'Treatments'],
	[/\bintake_answers\b/i, 'Intake Answers'],
	[/\blocation_id\b/i, 'Location ID'],
];

/** Statuses under which Spakinect refuses because of what was sent. */
const INVALID = new Set([200, 400, 422]);

/** `message`, or `error`, which is either the text itself or a category such as "Bad Request". */
function textOf(body: unknown): string | undefined {
	if (!isObject(body)) return undefined;
	const { message, error } = body;
	const text = typeof message === 'string' && message.trim() ? message : error;
	return typeof text === 'string' ? text : undefined;
}

const documented = (text: string | undefined) =>
	text === undefined ? undefined : MESSAGES.find(([pattern]) => pattern.test(text));

/**
 * The node's own sentence for Spakinect's answer.
 *
 * @returns undefined for a message that isn't documented
 */
export function saidBy(body: unknown, status: number): string | undefined {
	const text = textOf(body);
	const known = documented(text);
	if (known) return known[1];
	if (text === undefined || !INVALID.has(status)) return undefined;
	const fields = FIELDS.filter(([name]) => name.test(text)).map(([, label]) => `'${label}'`);
	return fields.length > 0 ? `Spakinect does not accept ${fields.join(', ')}.` : undefined;
}

/** Whether a text of an answer matches. Nothing else of the answer is used. */
const says = (body: unknown, pattern: RegExp): boolean =>
	(isObject(body) ? [body.message, body.error] : [body]).some(
		(text) => typeof text === 'string' && pattern.test(text),
	);

/** Whether an answer is about a date. */
export const speaksOfDate = (body: unknown): boolean =>
	says(body, /\b(dob|dates?|birth|mm.dd.yyyy)\b/i);

/**
 * Whether a refusal only says that the work was already done. Spakinect documents `Already subscribed to this
 * location` as a success, so it means the same under any other status.
 *
 * @param path the path of the request
 */
export const saysAlreadyDone = (path: string, body: unknown): boolean =>
	path === '/subscriptions' && says(body, /already subscribed/i);

/**
 * Whether a refusal comes from something between n8n and Spakinect. Spakinect's own 403 is a JSON object with
 * `success: false` or a documented text. Headers can't tell, because a proxy that forwards an answer adds its
 * own.
 */
export const isFromProxy = (status: number, body: unknown): boolean =>
	status === 407 ||
	(status === 403 &&
		!(isObject(body) && (body.success === false || documented(textOf(body)) !== undefined)));
