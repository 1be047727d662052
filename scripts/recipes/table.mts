import { isOfTen, totalsOf } from './bounds.mts';
import type { RecipeCount } from './count.mts';

type Cells = [string, string | number, string | number, string | number];

const row = ([file, nodes, complex, fromModel]: Cells): string =>
	[file.padEnd(44), ...[nodes, complex, fromModel].map((cell) => String(cell).padStart(11))].join(
		' ',
	);

/** Nodes and expressions of each file, and of 01 to 10 together. */
export const recipesTable = (counts: RecipeCount[]): string[] => {
	const { nodes, complex } = totalsOf(counts.filter(isOfTen));
	return [
		row(['Workflow', 'nodes', 'expressions', 'by model']),
		...counts.map((one) => row([one.file, one.nodes, one.complex.length, one.fromModel])),
		row(['01 to 10 together', nodes, complex, '']),
	];
};
