/**
 * Stand-in for Google Drive.
 *
 * Written from: Google Drive API v3 reference (files.create/get/list/update, "Upload file data",
 * "Resolve errors", "Search query terms and operators", "Shared drives"),
 * developers.google.com/workspace/drive/api, read 2026-11. As at Google, a service account has no storage:
 * it can only add files to a shared drive.
 * Not imitated: sharing, copies, downloads, exports, revisions, trash, quotas of a person's storage, query
 * terms other than name, mimeType, trashed and parents, the order of results.
 */
import { randomBytes } from 'node:crypto';
import { isObject } from '../shared/fields.mts';
import { fieldsOf, refuse, type Answer, type ServiceRequest } from '../shared/http.mts';
import { masked } from '../shared/mask.mts';
import { StandIn } from '../shared/service.mts';
import { SERVICE_ACCOUNT, type GoogleAccount } from './account.mts';
import { BRIEF, DriveStore, FOLDER, resourceOf, type DriveFile } from './driveStore.mts';
import { readQuery } from './driveQuery.mts';
import { BAD_CREDENTIALS, driveError } from './errors.mts';
import { readChunk, readMultipart, type Session, type Upload } from './upload.mts';

const SCOPE = /auth\/drive(\.file)?$/;
const LIMIT = { domain: 'usageLimits' };

const notFound = (id: string): Answer =>
	driveError(404, 'notFound', `File not found: ${id}.`, {
		location: 'fileId',
		locationType: 'parameter',
	});

const invalidValue = (location: string): Answer =>
	driveError(400, 'invalid', 'Invalid Value', { location, locationType: 'parameter' });

const unauthenticated = (): Answer =>
	driveError(401, 'authError', BAD_CREDENTIALS, {
		location: 'Authorization',
		locationType: 'header',
	});

export class GoogleDrive extends StandIn {
	readonly store = new DriveStore();
	private readonly sessions = new Map<string, Session>();

	constructor(private readonly account: GoogleAccount) {
		super({
			name: 'Google Drive',
			hosts: ['www.googleapis.com'],
			paths: /^\/(upload\/)?drive\/v3\//,
			routes: [
				{ call: 'POST /upload/drive/v3/files', answer: (request) => this.upload(request) },
				{
					call: 'PUT /upload/drive/v3/files',
					auth: false,
					answer: (request) => this.chunk(request),
				},
				{ call: 'POST /drive/v3/files', answer: (request) => this.create(request) },
				{ call: 'GET /drive/v3/files', answer: (request) => this.list(request) },
				{ call: 'GET /drive/v3/files/{id}', answer: (request) => this.get(request) },
				{ call: 'PATCH /drive/v3/files/{id}', answer: (request) => this.patch(request) },
			],
			errors: {
				authorize: (request) => this.authorize(request),
				invalid: () => driveError(400, 'badRequest', 'Bad Request'),
				badJson: () => driveError(400, 'parseError', 'Parse Error'),
				unknownRoute: () => driveError(404, 'notFound', 'Not Found'),
				limited: () => driveError(429, 'rateLimitExceeded', 'Rate Limit Exceeded', LIMIT),
				revoked: unauthenticated,
				down: () => driveError(503, 'backendError', 'Backend Error'),
			},
			clear: () => {
				this.store.files.clear();
				this.sessions.clear();
			},
		});
	}

	private authorize(request: ServiceRequest): Answer | undefined {
		const grant = this.account.grantOf(request);
		if (!grant) return unauthenticated();
		if (grant.scopes.some((scope) => SCOPE.test(scope))) return undefined;
		const text = 'Insufficient Permission: Request had insufficient authentication scopes.';
		return driveError(403, 'insufficientPermissions', text);
	}

	private subject(request: ServiceRequest): string {
		return this.account.grantOf(request)?.subject ?? '';
	}

	/** A file that the caller may see; one in a shared drive only with `supportsAllDrives`. */
	private visible(id: string, request: ServiceRequest): DriveFile {
		const file = this.store.files.get(id);
		const isMember = file?.members.has(this.subject(request));
		const isSupported = file?.driveId === undefined || request.query.supportsAllDrives === 'true';
		return file && isMember && isSupported ? file : refuse(notFound(id));
	}

	private answer(file: DriveFile, request: ServiceRequest): Answer {
		try {
			return { status: 200, json: masked(resourceOf(file), request.query.fields || BRIEF) };
		} catch {
			return driveError(
				400,
				'invalidParameter',
				`Invalid field selection ${request.query.fields}`,
				{
					location: 'fields',
					locationType: 'parameter',
				},
			);
		}
	}

	private add(metadata: object, request: ServiceRequest, content?: Omit<Upload, 'metadata'>) {
		const { name, mimeType, parents } = metadata as Record<string, unknown>;
		if (parents !== undefined && !(Array.isArray(parents) && parents.length === 1)) {
			return refuse(driveError(400, 'invalid', 'A file can only have one parent.'));
		}
		const subject = this.subject(request);
		const root = this.store.root(subject);
		const asked = String((parents as unknown[] | undefined)?.[0] ?? 'root');
		const isRoot = asked === 'root' || asked === root;
		const parent = isRoot ? undefined : this.visible(asked, request);
		const type = String(mimeType ?? content?.mimeType ?? 'application/octet-stream');
		if (subject === SERVICE_ACCOUNT && parent?.driveId === undefined && type !== FOLDER) {
			const text =
				'Service Accounts do not have storage quota. Leverage shared drives (https://developers.google.com/workspace/drive/api/guides/about-shareddrives), or use OAuth delegation (http://support.google.com/a/answer/7281227) instead.';
			return refuse(driveError(403, 'storageQuotaExceeded', text, LIMIT));
		}
		return this.store.add({
			name: String(name ?? 'Untitled'),
			mimeType: type,
			parents: [parent?.id ?? root],
			members: parent?.members ?? new Set([subject]),
			...(parent?.driveId && { driveId: parent.driveId }),
			...(content && { content: content.content }),
		});
	}

	private create(request: ServiceRequest): Answer {
		return this.answer(this.add(fieldsOf(request), request), request);
	}

	private upload(request: ServiceRequest): Answer {
		const { uploadType } = request.query;
		if (uploadType === 'multipart') {
			const upload = readMultipart(request);
			if (!upload) return driveError(400, 'badContent', 'Malformed multipart body.');
			return this.answer(this.add(upload.metadata, request, upload), request);
		}
		if (uploadType !== 'resumable') return invalidValue('uploadType');
		// The parent is looked up before the file comes, as Drive does.
		const [parent] = (fieldsOf(request).parents as string[] | undefined) ?? [];
		if (parent !== undefined && parent !== 'root') this.visible(parent, request);
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

	private chunk(request: ServiceRequest): Answer {
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
		return this.answer(this.add(session.metadata, asStarter, session), asStarter);
	}

	private get(request: ServiceRequest): Answer {
		return this.answer(this.visible(request.params.id ?? '', request), request);
	}

	private patch(request: ServiceRequest): Answer {
		const file = this.visible(request.params.id ?? '', request);
		const { name, properties } = fieldsOf(request);
		const { addParents } = request.query;
		if (addParents && addParents !== 'root' && !file.parents.includes(addParents)) {
			file.parents = [this.visible(addParents, request).id];
		}
		if (typeof name === 'string') file.name = name;
		if (isObject(properties)) file.properties = properties as Record<string, string>;
		file.modifiedTime = new Date().toISOString();
		return this.answer(file, request);
	}

	private list(request: ServiceRequest): Answer {
		const { q, pageSize = '100', pageToken, fields, includeItemsFromAllDrives } = request.query;
		const test = readQuery(
			q?.replaceAll("'root' in parents", `'${this.store.root(this.subject(request))}' in parents`),
		);
		if (!test) return invalidValue('q');
		const size = Number(pageSize);
		if (!Number.isInteger(size) || size < 1 || size > 1000) return invalidValue('pageSize');
		const start = pageToken === undefined ? 0 : Number(pageToken.replace('page-', ''));
		if (!Number.isInteger(start)) return invalidValue('pageToken');
		const found = [...this.store.files.values()].filter(
			(file) =>
				file.members.has(this.subject(request)) &&
				(file.driveId === undefined || includeItemsFromAllDrives === 'true') &&
				file.driveId !== file.id &&
				test(file),
		);
		const next = found.length > start + size ? { nextPageToken: `page-${start + size}` } : {};
		const files = found.slice(start, start + size).map(resourceOf);
		try {
			const list = { kind: 'drive#fileList', incompleteSearch: false, files, ...next };
			return {
				status: 200,
				json: masked(list, fields || `kind,incompleteSearch,nextPageToken,files(${BRIEF})`),
			};
		} catch {
			return driveError(400, 'invalidParameter', `Invalid field selection ${fields}`);
		}
	}
}
