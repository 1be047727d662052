const { src, dest, parallel } = require('gulp');

// What tsc does not emit but n8n reads beside the compiled files. `encoding: false` keeps the bytes;
// each task returns its stream, so the build ends only when the last file is written.
const copy = (name, patterns) =>
	Object.assign(() => src(patterns, { base: '.', encoding: false }).pipe(dest('dist')), {
		displayName: name,
	});

const icons = copy('icons', ['{nodes,credentials}/**/*.svg']);
const codex = copy('codex', ['nodes/**/*.node.json']);
const schemas = copy('schemas', ['nodes/**/__schema__/**/*.json']);

exports.default = parallel(icons, codex, schemas);
