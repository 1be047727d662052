import { refuse, type Answer, type ServiceRequest } from '../../shared/http.mts';
import { masked } from '../../shared/mask.mts';
import { SERVICE_ACCOUNT, type GoogleAccount } from '../account.mts';
import { BRIEF, FOLDER, resourceOf, type DriveFile, type DriveStore } from './store.mts';
import { BAD_CREDENTIALS, driveError } from '../errors.mts';
import type { Upload } from './bodies.mts';

const SCOPE = /auth\/drive(\.file)?$/;
export const LIMIT = { domain: 'usageLimits' };

const notFound = (id: string): Answer =>
	driveError(404, 'notFound', `File not found: ${id}.`, {
		location: 'fileId',
		locationType: 'parameter',
	});

export const invalidValue = (location: string): Answer =>
	driveError(400, 'invalid', 'Invalid Value', { location, locationType: 'parameter' });

export const unauthenticated = (): Answer =>
	driveError(401, 'authError', BAD_CREDENTIALS, {
		location: 'Authorization',
		locationType: 'header',
	});

/** The permissions to see and add files. */
export class DriveAccess {
	constructor(
		readonly store: DriveStore,
		private readonly account: GoogleAccount,
	) {}

	authorize(request: ServiceRequest): Answer | undefined {
		const grant = this.account.grantOf(request);
		if (!grant) return unauthenticated();
		if (grant.scopes.some((scope) => SCOPE.test(scope))) return undefined;
		const text = 'Insufficient Permission: Request had insufficient authentication scopes.';
		return driveError(403, 'insufficientPermissions', text);
	}

	subject(request: ServiceRequest): string {
		return this.account.grantOf(request)?.subject ?? '';
	}

	/** A file that the caller may see. A file in a shared drive needs `supportsAllDrives`. */
	visible(id: string, request: ServiceRequest): DriveFile {
		const file = this.store.files.get(id);
		const isMember = file?.members.has(this.subject(request));
		const isSupported = file?.driveId === undefined || request.query.supportsAllDrives === 'true';
		return file && isMember && isSupported ? file : refuse(notFound(id));
	}

	answer(file: DriveFile, request: ServiceRequest): Answer {
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

	add(metadata: object, request: ServiceRequest, content?: Omit<Upload, 'metadata'>) {
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
}
