import type { IExecuteFunctions } from 'n8n-workflow';

const SHOWN = 10;

/**
 * What a person should check although it worked, shown once above the output. It isn't in the items: a text
 * that depends on the clock would make equal runs differ.
 */
export class Warnings {
	private readonly items = new Map<string, number[]>();

	add(text: string, itemIndex: number): void {
		this.items.set(text, [...(this.items.get(text) ?? []), itemIndex]);
	}

	show(fn: IExecuteFunctions): void {
		// Not every place that runs a node takes hints, and the results must not be lost over one.
		if (!('addExecutionHints' in fn)) return;
		for (const [text, indexes] of this.items) {
			const more = indexes.length > SHOWN ? ` and ${indexes.length - SHOWN} more` : '';
			const items = `${indexes.slice(0, SHOWN).join(', ')}${more}`;
			fn.addExecutionHints({
				message: `${text} (item ${items})`,
				type: 'warning',
				location: 'outputPane',
			});
		}
	}
}
