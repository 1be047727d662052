import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { EMR_KEY } from '../../support/world.mts';

export interface RawRequest {
	method?: string;
	/** Sent unchanged. An object is sent as JSON. */
	body?: string | object;
	/** Default: the valid signature. An array is sent as several headers, null as none. */
	signature?: string | string[] | null;
	headers?: Record<string, string>;
	gzip?: boolean;
}

/** Lower-case hex HMAC-SHA256, like Spakinect's signature. */
export const sign = (body: string, key = EMR_KEY): string =>
	createHmac('sha256', key).update(body, 'utf8').digest('hex');

/** Sends a request as a stranger could, because the simulator sends only valid ones. */
export const sendRaw = async (
	url: string,
	{ method = 'POST', body = '', signature, headers = {}, gzip = false }: RawRequest,
): Promise<{ status: number; text: string; ms: number }> => {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const bytes = gzip ? gzipSync(text) : Buffer.from(text);
	const given = signature === undefined ? sign(text) : signature;
	const began = Date.now();
	return await new Promise((resolve, reject) => {
		const sent = request(
			url,
			{
				method,
				headers: {
					'content-type': 'application/json',
					...(given === null ? {} : { 'x-signature': given }),
					...(gzip ? { 'content-encoding': 'gzip' } : {}),
					...(method === 'POST' ? { 'content-length': bytes.length } : {}),
					...headers,
				},
			},
			(response) => {
				const parts: Buffer[] = [];
				response.on('data', (part: Buffer) => parts.push(part));
				response.on('end', () =>
					resolve({
						status: response.statusCode ?? 0,
						text: Buffer.concat(parts).toString(),
						ms: Date.now() - began,
					}),
				);
			},
		);
		sent.on('error', reject);
		sent.end(method === 'POST' ? bytes : undefined);
	});
};

/** A valid delivery about a visit, as Spakinect sends it. */
export const deliveryOf = (gfeId: string, changes: object = {}) => ({
	event: 'visit.completed',
	timestamp: Date.now(),
	success: true,
	data: {
		location_id: 'loc_downtown',
		gfe_id: gfeId,
		status: 'Completed',
		requested_treatments: ['Botox'],
		approved_treatments: ['Botox'],
		conditionally_approved_treatments: [],
		deferred_treatments: [],
		evaluation_completed: '2026-01-01T00:00:00.000Z',
		patient_details: { name: 'Ada Example', email: 'ada@patients.example', dob: '04/25/1990' },
		...changes,
	},
});
