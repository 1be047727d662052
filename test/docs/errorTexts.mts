import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from './markdown.mts';

/** Stands for what a text is given at run time, such as the name of a field. */
export const HOLE = '\u0000';

/** Which argument of a call or a constructor is the text that people see. */
const ARGUMENTS: Record<string, number> = {
	InputError: 1,
	NodeOperationError: 1,
	UserError: 0,
	Error: 0,
	super: 1,
	build: 1,
	toTaskError: 1,
	operationError: 0,
	debug: 0,
	info: 0,
	warn: 0,
	error: 0,
};
/** Where a text is kept until something throws or shows it. */
const PROPERTIES = new Set(['message', 'refused']);
/** Functions that return what is wrong or odd. */
const REASONS = new Set(['unusableUrl', 'apiKeyProblem', 'oddAppointment']);
/** Constants and functions that are such a text, or a part of one. The others of their files are for the panel. */
const TEXTS = /^(what|(replaced|offline|tooSlow|refused|noCredential)Text|restoreTexts)$/;

const calledName = (node: ts.CallExpression | ts.NewExpression): string =>
	ts.isPropertyAccessExpression(node.expression)
		? node.expression.name.text
		: node.expression.getText();

/** The constants of a file by name, and what they are set to. */
function constantsOf(file: ts.SourceFile): Map<string, ts.Expression> {
	const found = new Map<string, ts.Expression>();
	const visit = (node: ts.Node): void => {
		if (ts.isVariableDeclaration(node) && node.initializer) {
			found.set(node.name.getText(), node.initializer);
		}
		ts.forEachChild(node, visit);
	};
	visit(file);
	return found;
}

const valuesOf = (
	table: ts.ObjectLiteralExpression,
	constants: Map<string, ts.Expression>,
): string[] =>
	table.properties.flatMap((property) =>
		ts.isPropertyAssignment(property) ? textsOf(property.initializer, constants) : [],
	);

/** Every text that an expression can be, with holes. */
function textsOf(node: ts.Expression, constants: Map<string, ts.Expression>): string[] {
	if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return [node.text];
	if (ts.isParenthesizedExpression(node)) return textsOf(node.expression, constants);
	if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) return textsOf(node.body, constants);
	if (ts.isObjectLiteralExpression(node)) return valuesOf(node, constants);
	if (ts.isConditionalExpression(node)) {
		return [node.whenTrue, node.whenFalse].flatMap((one) => textsOf(one, constants));
	}
	if (ts.isTemplateExpression(node)) {
		return node.templateSpans.reduce(
			(heads, { expression, literal }) =>
				heads.flatMap((head) =>
					textsOf(expression, constants).map((text) => head + text + literal.text),
				),
			[node.head.text],
		);
	}
	if (ts.isElementAccessExpression(node)) {
		const table = constants.get(node.expression.getText());
		if (table && ts.isObjectLiteralExpression(table)) {
			return valuesOf(table, constants);
		}
	}
	const constant = ts.isIdentifier(node) ? constants.get(node.text) : undefined;
	const isPlain = constant && (ts.isStringLiteralLike(constant) || ts.isNumericLiteral(constant));
	return isPlain ? [constant.text] : [HOLE];
}

/** The error texts and log lines of one source file. */
export function textsIn(path: string, source: string): string[] {
	const file = ts.createSourceFile(path, source, ts.ScriptTarget.ES2022, true);
	const constants = constantsOf(file);
	const isTable = path.endsWith('failureTexts.ts');
	const found: ts.Expression[] = [];
	const visit = (node: ts.Node, inReason: boolean): void => {
		if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
			const text = node.arguments?.[ARGUMENTS[calledName(node)] ?? NaN];
			if (text) found.push(text);
		} else if (ts.isPropertyAssignment(node) && PROPERTIES.has(node.name.getText())) {
			found.push(node.initializer);
		} else if (ts.isVariableDeclaration(node) && TEXTS.test(node.name.getText())) {
			if (node.initializer) found.push(node.initializer);
		} else if (isTable && ts.isArrayLiteralExpression(node) && node.elements.length === 2) {
			found.push(node.elements[0]!);
		} else if (inReason && ts.isReturnStatement(node) && node.expression) {
			found.push(node.expression);
		}
		const name = ts.isFunctionDeclaration(node) ? node.name?.text : undefined;
		ts.forEachChild(node, (child) => visit(child, name ? REASONS.has(name) : inReason));
	};
	visit(file, false);
	return found
		.flatMap((expression) => textsOf(expression, constants))
		.map((text) => text.replace(/^Spakinect (Polling )?Trigger: /, ''))
		.filter((text) => text.split(HOLE).some((part) => /\p{L}{2}/u.test(part)));
}

/** The error texts and log lines of the package, each with the file that has it. */
export const textsOfPackage = (): Array<{ path: string; text: string }> =>
	['nodes', 'credentials'].flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
			.filter((path) => path.endsWith('.ts'))
			.map((path) => join(folder, path))
			.flatMap((path) =>
				textsIn(path, readFileSync(join(root, path), 'utf8')).map((text) => ({ path, text })),
			),
	);
