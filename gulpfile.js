const { mkdir, rm, writeFile } = require('node:fs/promises');
const { basename, dirname, join } = require('node:path');
const { isDeepStrictEqual } = require('node:util');
const { src, dest, parallel, series } = require('gulp');
const ts = require('typescript');
const { n8n } = require('./package.json');

// What is shipped, made of what `n8n-node build` has checked and compiled: one file for each node and
// credential, with what n8n shows, and one for all that runs, which is read when it is first needed. n8n
// reads every file of a package at each start, and a tarball of a hundred small files is a large one.

const DIST = join(__dirname, 'dist');
const RUNTIME = 'nodes/Spakinect/runtime';
/** What several of the others import; it stays apart, or each would hold a copy. */
const SHARED = ['credentials/connection', 'nodes/Spakinect/load'];
const PANEL = 'nodes/Spakinect/actions/properties';

/** What package.json names for n8n, without `dist/` and `.js`. */
const ENTRIES = [...n8n.nodes, ...n8n.credentials].map((path) => path.slice(5, -3));

/**
 * The panel of the action node is data, put together from the fields of all operations. It is put together
 * here, or the node file would bring along all that the operations do.
 */
const panelAsData = {
	name: 'panel-as-data',
	load(id) {
		if (id !== join(__dirname, `${PANEL}.ts`)) return undefined;
		const exported = Object.entries(require(join(DIST, `${PANEL}.js`)));
		const lines = exported.map(([name, value]) => {
			const text = JSON.stringify(value);
			if (!isDeepStrictEqual(JSON.parse(text), value)) {
				throw new Error(`${PANEL}.ts: ${name} is not data; it may hold a function`);
			}
			return `export const ${name} = ${text};`;
		});
		return lines.join('\n');
	},
};

/** The runtime runs operations and shows none: their fields, in the node file already, are left out of it. */
const withoutFields = {
	name: 'without-fields',
	transform(text, id) {
		if (!id.endsWith('.operation.ts')) return undefined;
		const found = [];
		const visit = (node) => {
			if (ts.isPropertyAssignment(node) && node.name.text === 'fields') found.push(node);
			else ts.forEachChild(node, visit);
		};
		visit(ts.createSourceFile(id, text, ts.ScriptTarget.Latest, true));
		const [fields] = found;
		if (found.length !== 1) throw new Error(`${id} must have one property 'fields'`);
		return { code: `${text.slice(0, fields.getStart())}fields: []${text.slice(fields.end)}` };
	},
};

/** Imports of files that are bundled by themselves. */
const apart = {
	name: 'apart',
	resolveId(source) {
		const isApart = [RUNTIME, ...SHARED].some((name) => source === `./${basename(name)}`);
		return isApart ? { id: `${source}.js`, external: 'absolute' } : undefined;
	},
};

const bundle = async (name) => {
	const { rolldown } = await import('rolldown');
	const build = await rolldown({
		input: { [name]: join(__dirname, `${name}.ts`) },
		external: ['n8n-workflow', 'luxon', 'crypto'],
		platform: 'node',
		plugins: [panelAsData, apart, ...(name === RUNTIME ? [withoutFields] : [])],
		treeshake: { moduleSideEffects: false },
	});
	const { output } = await build.generate({
		format: 'cjs',
		entryFileNames: '[name].js',
		exports: 'named',
		comments: false,
		// import() would go past the cache that n8n empties when a package is replaced.
		dynamicImportInCjs: false,
	});
	await build.close();
	if (output.length !== 1) throw new Error(`${name} was split into ${output.length} files`);
	return output[0];
};

const code = async () => {
	const files = [];
	for (const name of [...ENTRIES, ...SHARED, RUNTIME]) files.push(await bundle(name));
	// All that was compiled file by file, and pictures of documents that n8n-node copies along.
	await rm(DIST, { recursive: true });
	for (const { fileName, code: text } of files) {
		await mkdir(dirname(join(DIST, fileName)), { recursive: true });
		await writeFile(join(DIST, fileName), text);
	}
};

// What n8n reads beside the code. `encoding: false` keeps the bytes; each task returns its stream, so the
// build ends only when the last file is written.
const copy = (name, patterns) =>
	Object.assign(() => src(patterns, { base: '.', encoding: false }).pipe(dest('dist')), {
		displayName: name,
	});

const icons = copy('icons', ['{nodes,credentials}/**/*.svg']);
const codex = copy('codex', ['nodes/**/*.node.json']);
const schemas = copy('schemas', ['nodes/**/__schema__/**/*.json']);

exports.default = series(code, parallel(icons, codex, schemas));
