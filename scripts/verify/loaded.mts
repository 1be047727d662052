import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import type { Subject } from './subject.mts';

/** A node or a credential of the tarball, as n8n would load it. */
export interface Loaded<T> {
	/** Its path in the tarball. */
	path: string;
	/** Its folder on the disk: icons are beside it. */
	folder: string;
	type: T;
}

const load = <T,>({ packed }: Subject, paths: string[] = []): Array<Loaded<T>> => {
	const require = createRequire(join(packed, 'package.json'));
	return paths.map((path) => {
		const file = join(packed, path);
		const name = basename(path).split('.')[0] ?? '';
		const Type = (require(file) as Record<string, (new () => T) | undefined>)[name];
		if (!Type) throw new Error(`${path} exports no class ${name}`);
		return { path, folder: dirname(file), type: new Type() };
	});
};

/** The nodes of the tarball. @throws Error when a file cannot be loaded or lacks its class */
export const loadNodes = (subject: Subject): Array<Loaded<INodeType>> =>
	load<INodeType>(subject, subject.manifest.n8n?.nodes);

/** The credentials of the tarball. @throws Error as above */
export const loadCredentials = (subject: Subject): Array<Loaded<ICredentialType>> =>
	load<ICredentialType>(subject, subject.manifest.n8n?.credentials);
