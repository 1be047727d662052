import type { IExecuteFunctions } from 'n8n-workflow';

const SHOWN = 10;

/**
 * Hints for a person to check, shown once above the output. They aren't in the items, because a text that
 * depends on the clock would make equal runs differ.
 */
export class Warnings {
	private readonly items = new Map<string, number[]>();

	add(text: string, itemIndex: number): void {
		this.items.set(text, [...(this.items.get(text) ?? []), itemIndex]);
	}

	show(fn: IExecuteFunctions): void {
		// Not every context accepts hints. A missing function must not lose the results.
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
