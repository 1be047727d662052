import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import type { INodeType } from 'n8n-workflow';
import type { Subject } from './subject.mts';

/** A node of the tarball, as n8n loads it. */
interface Loaded {
	/** Its path in the tarball. */
	path: string;
	type: INodeType;
}

/** The nodes of the tarball. @throws Error if a file can't be loaded or lacks its class */
export const loadNodes = ({ packed, manifest }: Subject): Loaded[] => {
	const require = createRequire(join(packed, 'package.json'));
	return (manifest.n8n?.nodes ?? []).map((path) => {
		const name = basename(path).split('.')[0] ?? '';
		const exported = require(join(packed, path)) as Record<
			string,
			(new () => INodeType) | undefined
		>;
		const Type = exported[name];
		if (!Type) throw new Error(`${path} exports no class ${name}`);
		return { path, type: new Type() };
	});
};
