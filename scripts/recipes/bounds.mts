import type { RecipeCount } from './count.mts';

/** Every file by itself. */
export const MAX_NODES = 10;
/** The recipes 01 to 10 together. */
const MAX_NODES_OF_TEN = 80;
const MAX_EXPRESSIONS_OF_TEN = 10;

const TEN = Array.from({ length: 10 }, (_, index) => String(index + 1).padStart(2, '0'));

/** Whether a file is one of the recipes 01 to 10. */
export const isOfTen = ({ file }: RecipeCount): boolean => TEN.includes(file.slice(0, 2));

export const totalsOf = (counts: RecipeCount[]): { nodes: number; complex: number } => ({
	nodes: counts.reduce((sum, { nodes }) => sum + nodes, 0),
	complex: counts.reduce((sum, { complex }) => sum + complex.length, 0),
});

const ofFile = ({ file, nodes, code }: RecipeCount): string[] => [
	...(nodes > MAX_NODES ? [`${file} has ${nodes} nodes, at most ${MAX_NODES} are allowed`] : []),
	...code.map((name) => `${file}: the node "${name}" holds JavaScript`),
];

/** Which bounds the workflow files break, one line each; empty if none. */
export const brokenBounds = (counts: RecipeCount[]): string[] => {
	const ten = counts.filter(isOfTen);
	const { nodes, complex } = totalsOf(ten);
	const numbers = ten.map(({ file }) => file.slice(0, 2));
	return [
		...counts.flatMap(ofFile),
		...TEN.filter((number) => !numbers.includes(number)).map((number) => `there is no ${number}`),
		...(nodes > MAX_NODES_OF_TEN
			? [`01 to 10 have ${nodes} nodes, at most ${MAX_NODES_OF_TEN} are allowed`]
			: []),
		...(complex > MAX_EXPRESSIONS_OF_TEN
			? [
					`01 to 10 have ${complex} expressions that are more than a path to a field, at most ${MAX_EXPRESSIONS_OF_TEN} are allowed:`,
					...ten.flatMap((one) => one.complex.map((line) => `  ${one.file}: ${line}`)),
				]
			: []),
	];
};
