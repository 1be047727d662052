import { randomBytes } from 'node:crypto';
import { fieldsOf, type Answer, type ServiceRequest } from '../../shared/http.mts';
import { invalidValue, type DriveAccess } from './access.mts';
import { driveError } from '../errors.mts';
import { readChunk, readMultipart, type Session } from './bodies.mts';

/** Uploads of files: in one request with their metadata, or in chunks. */
export class DriveUploads {
	private readonly sessions = new Map<string, Session>();

	constructor(private readonly access: DriveAccess) {}

	clear(): void {
		this.sessions.clear();
	}

	start(request: ServiceRequest): Answer {
		const { uploadType } = request.query;
		if (uploadType === 'multipart') {
			const upload = readMultipart(request);
			if (!upload) return driveError(400, 'badContent', 'Malformed multipart body.');
			return this.access.answer(this.access.add(upload.metadata, request, upload), request);
		}
		if (uploadType !== 'resumable') return invalidValue('uploadType');
		// The parent is checked before the file is uploaded, as in Drive.
		const [parent] = (fieldsOf(request).parents as string[] | undefined) ?? [];
		if (parent !== undefined && parent !== 'root') this.access.visible(parent, request);
		const id = randomBytes(12).toString('hex');
		const query = new URLSearchParams({ ...request.query, upload_id: id });
		this.sessions.set(id, {
			metadata: fieldsOf(request),
			mimeType: request.headers['x-upload-content-type'] ?? 'application/octet-stream',
			content: Buffer.alloc(0),
			subject: request.headers.authorization ?? '',
		});
		const location = `https://www.googleapis.com/upload/drive/v3/files?${query.toString()}`;
		return { status: 200, headers: { location }, bytes: Buffer.alloc(0) };
	}

	chunk(request: ServiceRequest): Answer {
		const id = request.query.upload_id ?? '';
		const session = this.sessions.get(id);
		if (!session) return driveError(404, 'notFound', 'Upload session not found.');
		const chunk = readChunk(request);
		if (!chunk || chunk.from !== session.content.length) {
			return driveError(400, 'badRequest', 'Failed to parse Content-Range header.');
		}
		const isLast = chunk.to + 1 === chunk.total;
		if (!isLast && request.bytes.length % (256 * 1024) !== 0) {
			return driveError(400, 'badRequest', 'Chunks must be multiples of 256 KiB.');
		}
		session.content = Buffer.concat([session.content, request.bytes]);
		if (!isLast) return { status: 308, headers: { range: `bytes=0-${chunk.to}` } };
		this.sessions.delete(id);
		const asStarter = { ...request, headers: { authorization: session.subject } };
		return this.access.answer(this.access.add(session.metadata, asStarter, session), asStarter);
	}
}
