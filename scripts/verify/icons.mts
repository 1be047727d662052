import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadCredentials, loadNodes } from './loaded.mts';
import type { Check } from './subject.mts';

/** The backgrounds of n8n's canvas, and the contrast that its coming rule asks for. */
const BACKGROUND = { light: '#ffffff', dark: '#2b2b2b' };
const MIN_CONTRAST = 1.5;

/** Relative luminance of `#rgb` or `#rrggbb` (WCAG 2). */
const luminance = (colour: string): number => {
	const digits = colour.slice(1);
	const full = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits;
	const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => {
		const part = Number.parseInt(full.slice(at, at + 2), 16) / 255;
		return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

const contrast = (a: string, b: string): number => {
	const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
	return (light + 0.05) / (dark + 0.05);
};

/** What is wrong with an SVG that is shown on the given theme. */
export const svgProblems = (svg: string, theme: 'light' | 'dark'): string[] => {
	const box =
		/viewBox="([^"]*)"/
			.exec(svg)?.[1]
			?.split(/[\s,]+/)
			.map(Number) ?? [];
	const attribute = (name: string) => new RegExp(`<svg[^>]*\\s${name}="([^"]*)"`).exec(svg)?.[1];
	const isSquare =
		box.length === 4 && box[2] === box[3] && attribute('width') === attribute('height');
	const colours = svg.match(/#[0-9a-f]{6}\b|#[0-9a-f]{3}\b/gi) ?? [];
	const best = Math.max(0, ...colours.map((colour) => contrast(colour, BACKGROUND[theme])));
	return [
		...(svg.trimStart().startsWith('<svg') ? [] : ['is no SVG']),
		...(isSquare ? [] : ['is not square']),
		...(/<script|href=|<image|<foreignObject/i.test(svg) ? ['has more than shapes in it'] : []),
		...(best >= MIN_CONTRAST ? [] : [`has a contrast of ${best.toFixed(1)} on ${theme}`]),
	];
};

export const icons: Check = {
	name: 'icons',
	title: 'icons: there, square, light and dark differ',
	run: async (subject) => {
		const found: string[] = [];
		const owners = [
			...loadNodes(subject).map(({ type, ...rest }) => ({ ...rest, icon: type.description.icon })),
			...loadCredentials(subject).map(({ type, ...rest }) => ({ ...rest, icon: type.icon })),
		];
		for (const { path, folder, icon } of owners) {
			if (typeof icon !== 'object') {
				found.push(`${path}: the icon is not given as light and dark`);
				continue;
			}
			const texts: string[] = [];
			for (const theme of ['light', 'dark'] as const) {
				const name = icon[theme].replace(/^file:/, '');
				const file = join(folder, name);
				if (!existsSync(file)) {
					found.push(`${path}: there is no ${name}`);
					continue;
				}
				const svg = await readFile(file, 'utf8');
				texts.push(svg);
				found.push(...svgProblems(svg, theme).map((problem) => `${path}: ${name} ${problem}`));
			}
			if (texts.length === 2 && texts[0] === texts[1])
				found.push(`${path}: light and dark are the same`);
		}
		return found;
	},
};
