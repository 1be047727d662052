import { NEUTRAL, notesOf, stepsOf, YELLOW, type Note, type Template } from './template.mts';

/** The headings that the yellow note must have. */
const SECTIONS = ["Who it's for", 'How it works', 'Set up', 'Requirements'];
const NOTICE: Array<[what: string, pattern: RegExp]> = [
	['that it is for self-hosted n8n', /self-hosted/i],
	['that it uses a community node', /community node/i],
	['the name of the package', /n8n-nodes-spakinect/],
];
const MIN_WORDS = 100;
/** The width and height of a node on the canvas, including its name. */
const NODE = { width: 100, height: 130 };

const covers = (note: Note, [left, top]: [number, number]): boolean =>
	left >= note.left &&
	top >= note.top &&
	left + NODE.width <= note.right &&
	top + NODE.height <= note.bottom;

const overlap = (a: Note, b: Note): boolean =>
	a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const firstLine = ({ text }: Note): string => text.split('\n', 1)[0]!.replace(/^#+\s*/, '');

const missingIn = ({ text }: Note): string[] => {
	const headings = [...text.matchAll(/^#+\s*(.+?)\s*$/gm)].map(([, heading]) => heading);
	const words = text.split(/\s+/).length;
	return [
		...SECTIONS.filter((one) => !headings.includes(one)).map((one) => `has no heading "${one}"`),
		...NOTICE.filter(([, pattern]) => !pattern.test(text)).map(([what]) => `does not say ${what}`),
		...(words < MIN_WORDS ? [`has ${words} words, at least ${MIN_WORDS} are needed`] : []),
	].map((problem) => `the yellow note ${problem}`);
};

/**
 * Checks that one yellow note describes everything, that neutral notes are behind the steps, and that none
 * covers another.
 */
export const noteProblems = (template: Template): string[] => {
	const notes = notesOf(template);
	const yellow = notes.filter(({ color }) => color === YELLOW);
	const neutral = notes.filter(({ color }) => color === NEUTRAL);
	const others = notes.filter(({ color }) => color !== YELLOW && color !== NEUTRAL);
	const bare = stepsOf(template).filter(
		({ position }) => !neutral.some((note) => covers(note, position)),
	);
	const hidden = notes.filter((note, index) =>
		notes.slice(index + 1).some((later) => overlap(note, later)),
	);
	return [
		...(yellow.length === 1 ? [] : [`there are ${yellow.length} yellow notes, not one`]),
		...yellow.flatMap(missingIn),
		...others.map(
			(note) => `the note "${firstLine(note)}" is neither yellow nor neutral (color 7)`,
		),
		...neutral
			.filter(({ text }) => !/^## \S/.test(text))
			.map((note) => `the note "${firstLine(note)}" has no heading`),
		...bare.map(({ name }) => `no neutral note stands behind the node "${name}"`),
		...hidden.map((note) => `the note "${firstLine(note)}" overlaps another`),
	];
};
