/** The part of a workflow's node that is counted. */
export interface RecipeNode {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
}

/** The parts of a workflow file that a person at the front desk must understand. */
export interface RecipeCount {
	file: string;
	/** Without the notes on the canvas. */
	nodes: number;
	/** Names of nodes with JavaScript. */
	code: string[];
	/**
	 * Expressions that are more than a path to a field, including those that the model fills: `node:
	 * expression`.
	 */
	complex: string[];
	/** Those of them that n8n's button "Let the model define this parameter" fills. */
	fromModel: number;
}

const NOTE = /\.stickyNote$/;
const CODE = /\.(code|codeTool|toolCode|function|functionItem)$/;

/** The expressions that n8n writes for a dragged field, and n8n's own values. */
const ROOT =
	/^(?:\$json|\$binary|\$execution|\$workflow|\$tool|\$now|\$today|\$\((?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\)\.(?:item|first\(\)|last\(\)))/;
const STEPS = /^(?:\.[A-Za-z_]\w*|\[(?:'[^']*'|"[^"]*"|\d+)\])*$/;
/** The button writes a marker, the name, a description and a type. Nobody types it. */
const FROM_MODEL =
	/^(?:\/\*n8n-auto-generated-fromAI-override\*\/\s*)?\$fromAI\(\s*(?:'[^']*'|"[^"]*"|`[^`]*`)(?:\s*,\s*(?:'[^']*'|"[^"]*"|`[^`]*`))*\s*\)$/;
const BRACES = /\{\{([\s\S]*?)\}\}(?!\})/g;

/**
 * An empty value. A column is emptied by this expression only: n8n drops a `null` that is no expression from the
 * columns of a Data Table as soon as somebody opens the panel, and the column then keeps its old value.
 */
const EMPTY = 'null';

/** Whether an expression is only a path to a field, as dragging a field writes it, or empties a column. */
const isPath = (expression: string): boolean => {
	if (expression === EMPTY) return true;
	const root = ROOT.exec(expression)?.[0];
	return root !== undefined && STEPS.test(expression.slice(root.length));
};

const textsIn = (value: unknown): string[] => {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(textsIn);
};

/** The expressions of a parameter value: the content of `{{ }}` in each text that starts with `=`. */
const expressionsIn = (parameters: unknown): string[] =>
	textsIn(parameters)
		.filter((text) => text.startsWith('='))
		.flatMap((text) => [...text.matchAll(BRACES)].map(([, expression]) => expression!.trim()));

/** Counts the nodes of a workflow and its expressions that a front-desk person could not make by dragging. */
export const countRecipe = (file: string, nodes: RecipeNode[]): RecipeCount => {
	const real = nodes.filter(({ type }) => !NOTE.test(type));
	const expressions = real.flatMap(({ name, parameters }) =>
		expressionsIn(parameters).map((expression) => ({ name, expression })),
	);
	const isFromModel = ({ expression }: { expression: string }) => FROM_MODEL.test(expression);
	return {
		file,
		nodes: real.length,
		code: real.filter(({ type }) => CODE.test(type)).map(({ name }) => name),
		complex: expressions
			.filter(({ expression }) => !isPath(expression))
			.map(({ name, expression }) => `${name}: ${expression}`),
		fromModel: expressions.filter(isFromModel).length,
	};
};
