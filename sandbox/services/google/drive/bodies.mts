import type { ServiceRequest } from '../../shared/http.mts';
import { isObject, type Values } from '../../shared/fields.mts';

export interface Upload {
	metadata: Values;
	content: Buffer;
	mimeType: string;
}

const jsonIn = (bytes: Buffer): Values | undefined => {
	try {
		const value: unknown = JSON.parse(bytes.toString());
		return isObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
};

/** The two parts of `multipart/related`: metadata as JSON, then the file. `undefined` for any other body. */
export const readMultipart = (request: ServiceRequest): Upload | undefined => {
	const type = request.headers['content-type'] ?? '';
	const boundary = /^multipart\/related;.*boundary="?([^";]+)"?/i.exec(type)?.[1];
	if (!boundary) return undefined;
	// Latin-1 keeps every byte of the file as one character.
	const parts = request.bytes
		.toString('latin1')
		.split(`--${boundary}`)
		.slice(1, -1)
		.map((part) => {
			const cut = part.indexOf('\r\n\r\n');
			const mimeType = /content-type:\s*([^\r\n;]+)/i.exec(part.slice(0, cut))?.[1] ?? '';
			const content = part.slice(cut + 4).replace(/\r\n$/, '');
			return { mimeType, content: Buffer.from(content, 'latin1') };
		});
	const [first, file] = parts;
	const metadata = first?.mimeType === 'application/json' ? jsonIn(first.content) : undefined;
	return metadata && file && parts.length === 2 ? { metadata, ...file } : undefined;
};

export interface Session {
	metadata: Values;
	mimeType: string;
	content: Buffer;
	subject: string;
}

/** A chunk of a resumable upload: `bytes 0-524287/2000000`. `undefined` for any other header. */
export const readChunk = (
	request: ServiceRequest,
): { from: number; to: number; total: number } | undefined => {
	const header = request.headers['content-range'] ?? '';
	const match = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(header);
	if (!match) return undefined;
	const [from = 0, to = 0, total = 0] = match.slice(1).map(Number);
	return to - from + 1 === request.bytes.length && to < total ? { from, to, total } : undefined;
};
