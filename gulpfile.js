const { src, dest, parallel } = require('gulp');

// What n8n reads beside the compiled code. `encoding: false` keeps the bytes; each task returns its
// stream, so the build ends only when the last file is written.
const copy = (name, patterns) =>
	Object.assign(() => src(patterns, { base: '.', encoding: false }).pipe(dest('dist')), {
		displayName: name,
	});

exports.default = parallel(
	copy('icons', ['{nodes,credentials}/**/*.svg']),
	copy('codex', ['nodes/**/*.node.json']),
	copy('schemas', ['nodes/**/__schema__/**/*.json']),
);
