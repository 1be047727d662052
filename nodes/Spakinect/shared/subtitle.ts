import type { INodePropertyOptions } from 'n8n-workflow';

type Named = Pick<INodePropertyOptions, 'name' | 'value'>;

/** The names that the panel shows for a parameter's values, as an object inside an n8n expression. */
const names = (options: readonly Named[]): string =>
	`(${JSON.stringify(Object.fromEntries(options.map(({ name, value }) => [value, name])))})`;

/**
 * The line under the node on the canvas, in the panel's words: "Create: At-Home Visit". A parameter that is
 * hidden for the chosen key has no value and is left out.
 */
export const operationSubtitle = (
	operations: readonly Named[],
	resources: readonly Named[],
): string =>
	`={{ [${names(operations)}[$parameter["operation"]], ${names(resources)}[$parameter["resource"]]].filter(Boolean).join(": ") }}`;

/** The chosen events in the panel's words. An expression may also return a single text of any kind. */
export const eventsSubtitle = (events: readonly Named[]): string =>
	`={{ [$parameter["events"]].flat().map((event) => ${names(events)}[event] ?? event).join(", ") }}`;
