import { Readable } from 'node:stream';
import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { fetchPdf } from '../../../nodes/Spakinect/transport/pdf/download';

type Store = (stream: Readable) => Promise<Buffer>;

const readAll: Store = async (stream) => {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
	return Buffer.concat(chunks);
};

/** Downloads `body` with an n8n whose storage is `store`. */
async function fetchFrom(body: Readable, store: Store = readAll, statusCode = 200) {
	const sent: IHttpRequestOptions[] = [];
	let stored: Buffer | undefined;
	const fn = {
		getExecutionCancelSignal: () => undefined,
		helpers: {
			httpRequest: async (options: IHttpRequestOptions) => {
				sent.push(options);
				return { statusCode, body };
			},
			prepareBinaryData: async (stream: Readable) => {
				stored = await store(stream);
				return { mimeType: 'application/pdf', data: '' };
			},
		},
	} as unknown as IExecuteFunctions;
	const result = await fetchPdf(fn, 'https://storage.example/x?signature=1', 'gfe-v1.pdf');
	return { result, sent, stored };
}

const chunked = (...parts: string[]) => Readable.from(parts.map((part) => Buffer.from(part)));

it('asks without credential, streams, and counts the bytes', async () => {
	const { result, sent, stored } = await fetchFrom(chunked('%PDF-1.7', ' abc', ' %%EOF'));
	expect(stored?.toString()).toBe('%PDF-1.7 abc %%EOF');
	expect(result).toMatchObject({ bytes: 18, file: { mimeType: 'application/pdf' } });
	expect(sent).toHaveLength(1);
	expect(sent[0]).toMatchObject({ method: 'GET', encoding: 'stream', timeout: 120_000 });
	expect(sent[0]).not.toHaveProperty('headers');
});

it('finds %PDF although it comes in pieces', async () => {
	const { stored } = await fetchFrom(chunked('%', 'PD', 'F-1.7', ' abc'));
	expect(stored?.toString()).toBe('%PDF-1.7 abc');
});

it.each([['\uFEFF%PDF-1.7'], ['\r\n%PDF-1.7'], [' %PDF-1.7'], [`${'x'.repeat(1020)}%PDF-1.7`]])(
	'bytes in front of the mark are kept: %j',
	async (text) => {
		const { stored, result } = await fetchFrom(chunked(text.slice(0, 2), text.slice(2)));
		expect(stored?.toString()).toBe(text);
		expect(result).toMatchObject({ bytes: Buffer.byteLength(text) });
	},
);

it.each([
	[''],
	['%PD'],
	['<?xml version="1.0"?><Error/>'],
	['<html>%PDF-1.7</html>'],
	['\uFEFF{"error":"no %PDF here"}'],
	[`${'x'.repeat(1021)}%PDF-1.7`],
])('%j is not stored', async (text) => {
	const { result, stored } = await fetchFrom(text === '' ? Readable.from([]) : chunked(text));
	expect(result).toMatchObject({ refused: expect.stringContaining('is not a PDF') });
	expect(stored).toBeUndefined();
});

it('a connection that breaks before n8n reads is a refusal, not the end of the process', async () => {
	const body = new Readable({ read: () => undefined });
	body.push('%PDF-1.7');
	const { result } = await fetchFrom(body, async (stream) => {
		body.destroy(new Error('aborted'));
		await new Promise((resolve) => setTimeout(resolve, 20));
		return await readAll(stream);
	});
	expect(result).toMatchObject({ refused: expect.stringContaining('cut off') });
});

it('another status stores nothing and lets the connection go', async () => {
	const body = chunked('%PDF-1.7');
	const { result, stored } = await fetchFrom(body, readAll, 403);
	expect(result).toMatchObject({ isExpired: true });
	expect(stored).toBeUndefined();
	expect(body.destroyed).toBe(true);
});

it.each([500, 503, 429, 206])('status %i is not the fault of the link', async (status) => {
	const { result } = await fetchFrom(chunked('%PDF-1.7'), readAll, status);
	expect(result).toMatchObject({ refused: expect.stringContaining(`(${status})`) });
	expect(result).not.toHaveProperty('isExpired');
});
