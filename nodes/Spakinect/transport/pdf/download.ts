import type { IExecuteFunctions } from 'n8n-workflow';
import type { FetchedPdf, Refusal } from './refusals';
import {
	EXPIRED,
	EXPIRED_STATUSES,
	NOT_A_PDF,
	TOO_LARGE,
	unavailable,
	UNREACHABLE,
	UNSAFE,
} from './refusals';
import { TIMEOUT_MS } from '../sender';

/** A GFE has a few pages. A larger file is not a GFE, and must not fill n8n's storage. */
const MAX_BYTES = 50 * 1024 * 1024;
const MAGIC = '%PDF';
/**
 * PDF readers look for the mark within this many bytes, because some systems write a BOM or a line break first.
 */
const HEAD_BYTES = 1024;
/** Milliseconds from the request to the last byte. A file may take longer than an API call. */
const DOWNLOAD_TIMEOUT_MS = TIMEOUT_MS * 4;
const MAX_REDIRECTS = 5;

/** A patient's file must be encrypted on the network: https, or http on this machine. */
const SECURE = /^https:\/\//i;
const LOCAL = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/]/i;

type ByteStream = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

/** Reads the first bytes and puts them back, so that the stream still holds the whole file. */
async function peek(stream: ByteStream): Promise<Buffer> {
	let head = Buffer.alloc(0);
	for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
		head = Buffer.concat([head, Buffer.from(chunk as Uint8Array)]);
		if (head.length >= HEAD_BYTES || head.includes(MAGIC)) break;
	}
	if (!stream.readableEnded) stream.unshift(head);
	return head.subarray(0, HEAD_BYTES);
}

/** A page or an error in XML or JSON may contain the mark too, but it starts with its own. */
const isPdf = (head: Buffer): boolean => {
	const at = head.indexOf(MAGIC);
	return at >= 0 && !/^\s*[<{[]/.test(head.toString('utf8', 0, at).replace(/^\uFEFF/, ''));
};

/**
 * Counts the bytes and ends the download when it gets too large. It doesn't use `compose`, because in Node 20 a
 * connection that breaks inside it throws where nothing can catch it.
 */
function bounded(stream: ByteStream, seen: { bytes: number }): ByteStream {
	return stream.map((chunk: Uint8Array) => {
		seen.bytes += chunk.length;
		if (seen.bytes > MAX_BYTES) throw new RangeError('The PDF is too large');
		return chunk;
	});
}

interface Response {
	statusCode: number;
	headers?: Record<string, unknown>;
	body: ByteStream;
}

/**
 * Requests a link. It follows redirects itself, because each of them must be encrypted too.
 *
 * @returns the first answer that isn't a redirect, or why there is none
 */
async function request(
	fn: IExecuteFunctions,
	link: string,
	abortSignal: AbortSignal,
): Promise<Response | Refusal> {
	let url = link;
	for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
		// A page on another host must not redirect the download to a service on this machine.
		if (!SECURE.test(url) && !(LOCAL.test(url) && LOCAL.test(link))) return UNSAFE;
		const response = (await fn.helpers.httpRequest({
			method: 'GET',
			url,
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: DOWNLOAD_TIMEOUT_MS,
			abortSignal,
		})) as Response;
		// An error event without a listener ends the process. The reader of the stream still gets the error.
		response.body.on('error', () => undefined);
		const { statusCode } = response;
		if (statusCode === 200) return response;
		response.body.destroy();
		const location = response.headers?.location;
		const isRedirect = statusCode >= 300 && statusCode < 400 && typeof location === 'string';
		if (!isRedirect) return EXPIRED_STATUSES.has(statusCode) ? EXPIRED : unavailable(statusCode);
		if (!URL.canParse(location, url)) return UNREACHABLE;
		url = new URL(location, url).href;
	}
	return UNREACHABLE;
}

/**
 * Streams the PDF of an API link into n8n's binary storage. The link's host must not get the API key, so the
 * request is sent without the credential.
 *
 * @returns the stored file, or the error texts if there is none. An expired link returns XML, never a PDF
 */
export async function fetchPdf(
	fn: IExecuteFunctions,
	link: string,
	fileName: string,
): Promise<FetchedPdf> {
	const seen = { bytes: 0 };
	// The timeout of the request ends with the headers. A host that stalls after them would block the execution
	// forever.
	const signals = [AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS), fn.getExecutionCancelSignal()];
	const abortSignal = AbortSignal.any(signals.filter((signal) => signal !== undefined));
	try {
		const response = await request(fn, link, abortSignal);
		if ('refused' in response) return response;
		if (!isPdf(await peek(response.body))) {
			response.body.destroy();
			return NOT_A_PDF;
		}
		const stream = bounded(response.body, seen);
		const file = await fn.helpers.prepareBinaryData(stream, fileName, 'application/pdf');
		return { file, bytes: seen.bytes };
	} catch {
		return seen.bytes > MAX_BYTES ? TOO_LARGE : UNREACHABLE;
	}
}
