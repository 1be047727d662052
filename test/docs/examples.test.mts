import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readDocument, root } from './markdown.mts';

interface ExampleNode {
	name: string;
	type: string;
	position: [number, number];
	parameters: { width?: number; height?: number };
}

/** Left, top, right and bottom on n8n's canvas. */
type Box = [number, number, number, number];

const isNote = ({ type }: ExampleNode) => type.endsWith('.stickyNote');

/** A node is a square of 96 with its name below; a note has the size that it says. */
const boxOf = (node: ExampleNode): Box => {
	const [x, y] = node.position;
	const { width = 240, height = 160 } = node.parameters;
	return isNote(node) ? [x, y, x + width, y + height] : [x, y, x + 96, y + 136];
};
const meet = (one: Box, other: Box) =>
	one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];

const files = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.json'));

it.each(files)('on the canvas of %s nothing lies on top of something else', (file) => {
	const { nodes } = JSON.parse(readDocument(`examples/${file}`)) as { nodes: ExampleNode[] };
	const clashes = nodes.flatMap((one, index) =>
		nodes
			.slice(index + 1)
			.filter((other) => meet(boxOf(one), boxOf(other)))
			.map((other) => `${one.name} and ${other.name}`),
	);
	expect(clashes).toEqual([]);
});
