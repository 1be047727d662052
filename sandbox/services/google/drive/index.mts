/**
 * Stand-in for Google Drive.
 *
 * Written from: "Resolve errors", and excerpts of the Google Drive API v3 reference
 * (files.create/get/list/update, "Upload file data", "Search query terms and operators", "Shared drives"),
 * developers.google.com/workspace/drive/api, excerpts read in 2026-11. As at Google, a service account has no storage:
 * it can only add files to a shared drive.
 * Not imitated: sharing, copies, downloads, exports, revisions, trash, quotas of a person's storage, query
 * terms other than name, mimeType, trashed and parents, the order of results.
 */
import { isObject } from '../../shared/fields.mts';
import { fieldsOf, type Answer, type ServiceRequest } from '../../shared/http.mts';
import { masked } from '../../shared/mask.mts';
import { StandIn } from '../../shared/service.mts';
import type { GoogleAccount } from '../account.mts';
import { DriveAccess, invalidValue, LIMIT, unauthenticated } from './access.mts';
import { readQuery } from './query.mts';
import { BRIEF, DriveStore, resourceOf } from './store.mts';
import { DriveUploads } from './uploads.mts';
import { driveError } from '../errors.mts';

export class GoogleDrive extends StandIn {
	readonly store: DriveStore;
	private readonly access: DriveAccess;

	constructor(account: GoogleAccount) {
		const store = new DriveStore();
		const access = new DriveAccess(store, account);
		const uploads = new DriveUploads(access);
		super({
			name: 'Google Drive',
			hosts: ['www.googleapis.com'],
			paths: /^\/(upload\/)?drive\/v3\//,
			routes: [
				{ call: 'POST /upload/drive/v3/files', answer: (request) => uploads.start(request) },
				{
					call: 'PUT /upload/drive/v3/files',
					auth: false,
					answer: (request) => uploads.chunk(request),
				},
				{ call: 'POST /drive/v3/files', answer: (request) => this.create(request) },
				{ call: 'GET /drive/v3/files', answer: (request) => this.list(request) },
				{ call: 'GET /drive/v3/files/{id}', answer: (request) => this.get(request) },
				{ call: 'PATCH /drive/v3/files/{id}', answer: (request) => this.patch(request) },
			],
			errors: {
				authorize: (request) => access.authorize(request),
				invalid: () => driveError(400, 'badRequest', 'Bad Request'),
				badJson: () => driveError(400, 'parseError', 'Parse Error'),
				unknownRoute: () => driveError(404, 'notFound', 'Not Found'),
				limited: () => driveError(429, 'rateLimitExceeded', 'Rate Limit Exceeded', LIMIT),
				revoked: unauthenticated,
				down: () => driveError(503, 'backendError', 'Backend Error'),
			},
			clear: () => {
				store.files.clear();
				uploads.clear();
			},
		});
		this.store = store;
		this.access = access;
	}

	private create(request: ServiceRequest): Answer {
		return this.access.answer(this.access.add(fieldsOf(request), request), request);
	}

	private get(request: ServiceRequest): Answer {
		return this.access.answer(this.access.visible(request.params.id ?? '', request), request);
	}

	private patch(request: ServiceRequest): Answer {
		const file = this.access.visible(request.params.id ?? '', request);
		const { name, properties } = fieldsOf(request);
		const { addParents } = request.query;
		if (addParents && addParents !== 'root' && !file.parents.includes(addParents)) {
			file.parents = [this.access.visible(addParents, request).id];
		}
		if (typeof name === 'string') file.name = name;
		if (isObject(properties)) file.properties = properties as Record<string, string>;
		file.modifiedTime = new Date().toISOString();
		return this.access.answer(file, request);
	}

	private list(request: ServiceRequest): Answer {
		const { q, pageSize = '100', pageToken, fields, includeItemsFromAllDrives } = request.query;
		const test = readQuery(
			q?.replaceAll(
				"'root' in parents",
				`'${this.store.root(this.access.subject(request))}' in parents`,
			),
		);
		if (!test) return invalidValue('q');
		const size = Number(pageSize);
		if (!Number.isInteger(size) || size < 1 || size > 1000) return invalidValue('pageSize');
		const start = pageToken === undefined ? 0 : Number(pageToken.replace('page-', ''));
		if (!Number.isInteger(start)) return invalidValue('pageToken');
		const found = [...this.store.files.values()].filter(
			(file) =>
				file.members.has(this.access.subject(request)) &&
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
