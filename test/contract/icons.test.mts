import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDERS = ['nodes/Spakinect', 'credentials'];
/** File and the background of n8n's canvas behind it. */
const THEMES = { light: ['spakinect.svg', '#ffffff'], dark: ['spakinect.dark.svg', '#2b2b2b'] };
/** WCAG 2.1 for graphics (1.4.11). */
const MIN_CONTRAST = 3;

const read = (folder: string, file: string) =>
	readFileSync(join(__dirname, '../..', folder, file), 'utf8');

/** Relative luminance of `#rgb` or `#rrggbb` (WCAG 2). */
const luminance = (color: string): number => {
	const digits = color.slice(1);
	const full = digits.length === 3 ? digits.replace(/./g, '$&$&') : digits;
	const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => {
		const part = Number.parseInt(full.slice(at, at + 2), 16) / 255;
		return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (one: string, other: string): number => {
	const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
	return (light + 0.05) / (dark + 0.05);
};

describe.each(FOLDERS)('the icon in %s', (folder) => {
	it.each(Object.values(THEMES))('%s is square and holds shapes only', (file) => {
		const svg = read(folder, file);
		const [, width, height] = /^<svg [^>]*viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
		expect(width).toBeDefined();
		expect(width).toBe(height);
		const [, shownWidth] = /^<svg [^>]* width="(\d+)"/.exec(svg) ?? [];
		const [, shownHeight] = /^<svg [^>]* height="(\d+)"/.exec(svg) ?? [];
		expect(shownWidth).toBe(shownHeight);
		expect(svg).not.toMatch(/<script|href=|<image|<foreignObject|<style/i);
	});

	it.each(Object.values(THEMES))(
		'%s stands out from %s, and the mark from the shield',
		(...theme) => {
			const [file, background] = theme as [string, string];
			const [shield = '', mark = ''] =
				read(folder, file).match(/#[0-9a-f]{6}\b|#[0-9a-f]{3}\b/gi) ?? [];
			expect(contrast(shield, background)).toBeGreaterThan(MIN_CONTRAST);
			expect(contrast(mark, shield)).toBeGreaterThan(MIN_CONTRAST);
		},
	);
});

it.each(Object.values(THEMES))('%s is the same for nodes and credentials', (file) => {
	const [node, credential] = FOLDERS.map((folder) => read(folder, file));
	expect(credential).toBe(node);
});
