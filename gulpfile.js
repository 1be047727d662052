const { src, dest, parallel } = require('gulp');

// Copies the files that n8n reads in addition to the compiled code. `encoding: false` keeps the bytes. Each
// task returns its stream, so the build ends only after the last file is written.
const copy = (name, patterns) =>
	Object.assign(() => src(patterns, { base: '.', encoding: false }).pipe(dest('dist')), {
		displayName: name,
	});

exports.default = parallel(
	copy('icons', ['{nodes,credentials}/**/*.svg']),
	copy('codex', ['nodes/**/*.node.json']),
	copy('schemas', ['nodes/**/__schema__/**/*.json']),
);
