import type { JsonObject } from '../../../domain/json';
import { isObject, parseJson } from '../../../domain/json';
import { readText } from '../../../domain/visit/apiVisit';
import { unixToMillis } from '../../../domain/time/calendar';
import { VISIT_COMPLETED } from '../../../domain/visit/eventKey';

/** The content of one webhook request. */
export interface Delivery {
	event: string;
	/** When Spakinect generated it, Unix milliseconds. Undefined if absent or unusable. */
	timestamp?: number;
	/** The `data` object as sent, `{}` if there is none. */
	data: JsonObject;
	gfeId?: string;
	locationId?: string;
	/** True for a visit event that lacks the visit's data. It must be fetched before use. */
	incomplete: boolean;
}

type ParsedDelivery = { delivery: Delivery } | { refusal: string };

/**
 * Reads a delivery from its raw bytes. The body is parsed here, because n8n's parsed body is undefined for
 * content types other than JSON and may differ from the signed bytes.
 *
 * @returns the delivery, or the reason (without any content of the body) why it isn't one
 */
export function parseDelivery(rawBody: Buffer): ParsedDelivery {
	const body = parseJson(rawBody.toString('utf8').replace(/^\uFEFF/, ''));
	if (body === undefined) return { refusal: 'The body is not JSON' };
	if (!isObject(body)) return { refusal: 'The body is not a JSON object' };
	if (typeof body.event !== 'string' || body.event.trim() === '') {
		return { refusal: 'The body names no event' };
	}
	const event = body.event.trim();
	const data = isObject(body.data) ? body.data : {};
	const gfeId =
		readText(data.gfe_id) ?? readText(data.visit_id) ?? readText(body.gfe_id) ?? undefined;
	const isVisit = event === VISIT_COMPLETED;
	if (isVisit && gfeId === undefined) return { refusal: 'The body names no gfe_id' };
	return {
		delivery: {
			event,
			data,
			gfeId,
			locationId: readText(data.location_id) ?? readText(body.location_id) ?? undefined,
			timestamp: milliseconds(body.timestamp),
			incomplete: isVisit && (body.success === false || !isWholeVisit(data)),
		},
	};
}

/**
 * `success: false` means that Spakinect could not gather the visit. A visit without these fields is incomplete
 * too.
 */
const isWholeVisit = (data: JsonObject): boolean =>
	readText(data.status) !== null && Array.isArray(data.requested_treatments);

/** Documented as Unix milliseconds. A value that can only be seconds is read as seconds. */
function milliseconds(value: unknown): number | undefined {
	if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) return undefined;
	const time = unixToMillis(value);
	return time <= 8.64e15 ? Math.trunc(time) : undefined;
}
