import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { TIMEOUT_MS } from './sender';

/** A GFE is a few pages; what is larger is not a GFE, and must not fill n8n's storage. */
const MAX_BYTES = 50 * 1024 * 1024;
const MAGIC = Buffer.from('%PDF');
/** From the request to the last byte. A file may take longer than an API call. */
const DOWNLOAD_TIMEOUT_MS = TIMEOUT_MS * 4;

/** A patient's file does not travel in clear: https, or http on this machine. */
const SAFE_LINK = String.raw`^(https://|http://(localhost|127\.0\.0\.1|\[::1\])[:/])`;

type ByteStream = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

export type FetchedPdf = { file: IBinaryData; bytes: number } | { refused: string; advice: string };

const EXPIRED: FetchedPdf = {
	refused: 'The storage host did not give the PDF: its link has expired or was refused',
	advice: 'Run the node again. If it stays so, look at the GFE in the portal.',
};
const NOT_A_PDF: FetchedPdf = {
	refused: 'What the storage host sent is not a PDF',
	advice: 'Nothing was stored. Run the node again, or look at the GFE in the portal.',
};
const TOO_LARGE: FetchedPdf = {
	refused: 'The PDF is larger than 50 MB',
	advice: 'Nothing was stored. Download it in the portal.',
};
const UNREACHABLE: FetchedPdf = {
	refused: 'The storage host of the PDF could not be reached, or the download was cut off',
	advice: 'Run the node again.',
};

const UNSAFE: FetchedPdf = {
	refused: 'The link to the PDF is not encrypted (https), so nothing was fetched',
	advice: 'Look at the GFE in the portal.',
};

/** The first bytes, put back so that the whole file is still to come. */
async function peek(stream: ByteStream): Promise<Buffer> {
	let head = Buffer.alloc(0);
	for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
		head = Buffer.concat([head, Buffer.from(chunk as Uint8Array)]);
		if (head.length >= MAGIC.length) break;
	}
	if (!stream.readableEnded) stream.unshift(head);
	return head;
}

/**
 * Counts the bytes on their way through and breaks the download off where it gets too large. Not `compose`:
 * a connection that breaks off inside it throws where nothing can catch it (Node 20).
 */
function bounded(stream: ByteStream, seen: { bytes: number }): ByteStream {
	return stream.map((chunk: Uint8Array) => {
		seen.bytes += chunk.length;
		if (seen.bytes > MAX_BYTES) throw new RangeError('The PDF is too large');
		return chunk;
	});
}

/**
 * Streams the PDF behind a link of the API into n8n's binary storage. It is another host, so the API key
 * stays away: the plain request helper is used, without the credential.
 *
 * @returns the stored file, or in words why there is none (an expired link answers XML, never a PDF)
 */
export async function fetchPdf(
	fn: IExecuteFunctions,
	link: string,
	fileName: string,
): Promise<FetchedPdf> {
	if (!new RegExp(SAFE_LINK, 'i').test(link)) return UNSAFE;
	const seen = { bytes: 0 };
	// The timeout of the request ends with the headers: a host that stalls after them would hold the
	// execution for ever.
	const signals = [AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS), fn.getExecutionCancelSignal()];
	const abortSignal = AbortSignal.any(signals.filter((signal) => signal !== undefined));
	try {
		const response = (await fn.helpers.httpRequest({
			method: 'GET',
			url: link,
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			timeout: DOWNLOAD_TIMEOUT_MS,
			abortSignal,
		})) as { statusCode: number; body: ByteStream };
		// An error event that nobody listens to ends the process; whoever reads gets it all the same.
		response.body.on('error', () => undefined);
		if (response.statusCode !== 200) {
			response.body.destroy();
			return EXPIRED;
		}
		const head = await peek(response.body);
		if (!head.subarray(0, MAGIC.length).equals(MAGIC)) {
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
