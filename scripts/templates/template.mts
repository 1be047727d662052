import type { RecipeNode } from '../recipes/count.mts';

/** A node of a template with its place on the canvas. */
export interface TemplateNode extends RecipeNode {
	position: [x: number, y: number];
}

/** A workflow file in the form of n8n's template library. */
export interface Template {
	name: string;
	nodes: TemplateNode[];
	pinData?: unknown;
}

/** A note on the canvas. */
export interface Note {
	text: string;
	/** n8n's number: 1 is yellow, the color of a new note. 7 is white or gray. */
	color: number;
	left: number;
	top: number;
	right: number;
	bottom: number;
}

export const YELLOW = 1;
export const NEUTRAL = 7;

const NOTE = /\.stickyNote$/;

export const isNote = ({ type }: TemplateNode): boolean => NOTE.test(type);

export const stepsOf = ({ nodes }: Template): TemplateNode[] => nodes.filter((one) => !isNote(one));

/** The notes. A note without a size gets n8n's default. */
export const notesOf = ({ nodes }: Template): Note[] =>
	nodes.filter(isNote).map(({ position: [left, top], parameters }) => {
		const { content = '', color = YELLOW, width = 240, height = 160 } = parameters;
		return {
			text: String(content),
			color: Number(color),
			...{ left, top, right: left + Number(width), bottom: top + Number(height) },
		};
	});
