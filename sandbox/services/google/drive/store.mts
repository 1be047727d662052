import { randomBytes } from 'node:crypto';
import { SERVICE_ACCOUNT, USER } from '../account.mts';

export const FOLDER = 'application/vnd.google-apps.folder';

export interface DriveFile {
	id: string;
	name: string;
	mimeType: string;
	parents: string[];
	trashed: boolean;
	/** The shared drive that it is in. */
	driveId?: string;
	/** Who may see and change it: addresses. */
	members: Set<string>;
	content?: Buffer;
	properties?: Record<string, string>;
	createdTime: string;
	modifiedTime: string;
}

/** The files and folders in Drive, by ID. A shared drive is a folder that is its own drive. */
export class DriveStore {
	readonly files = new Map<string, DriveFile>();

	add(file: Partial<DriveFile> & { name: string }): DriveFile {
		const now = new Date().toISOString();
		const added: DriveFile = {
			id: randomBytes(12).toString('hex'),
			mimeType: 'application/octet-stream',
			parents: [],
			trashed: false,
			members: new Set([USER]),
			createdTime: now,
			modifiedTime: now,
			...file,
		};
		this.files.set(added.id, added);
		return added;
	}

	/** A shared drive to which the service account and the person belong. */
	addSharedDrive(name: string, id = `drive-${randomBytes(4).toString('hex')}`): DriveFile {
		const members = new Set([SERVICE_ACCOUNT, USER]);
		return this.add({ id, name, mimeType: FOLDER, driveId: id, members });
	}

	/** A folder in the person's My Drive, shared with the service account or not. */
	addFolder(name: string, options: { id?: string; shared?: boolean } = {}): DriveFile {
		const members = new Set(options.shared ? [SERVICE_ACCOUNT, USER] : [USER]);
		const id = options.id ?? randomBytes(12).toString('hex');
		return this.add({ id, name, mimeType: FOLDER, parents: [this.root(USER)], members });
	}

	/** The ID of the alias `root`. */
	root(subject: string): string {
		return `root-of-${subject}`;
	}

	/** The names in a folder, in the order of their creation. */
	namesIn(folderId: string): string[] {
		return [...this.files.values()]
			.filter((file) => file.parents.includes(folderId) && !file.trashed)
			.map((file) => file.name);
	}
}

/** A file in the API's form. Without `fields`, Drive returns only these four parts. */
export const resourceOf = (file: DriveFile): Record<string, unknown> => {
	const { members, content, ...rest } = file;
	return {
		kind: 'drive#file',
		...rest,
		permissionIds: [...members],
		size: content ? String(content.length) : undefined,
		webViewLink: `https://drive.google.com/file/d/${file.id}/view?usp=drivesdk`,
	};
};

export const BRIEF = 'kind,id,name,mimeType';
