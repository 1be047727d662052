import { emptyField, InputError } from '../../domain/inputError';
import type { ReconcileResult } from '../../domain/summary/reconcile';
import { readList } from '../../domain/json';
import { isBlank } from '../../domain/text';
import { toEpochMillis } from '../../domain/time/instant';
import type { VisitOutput } from '../../domain/visit/visit';
import { VISIT_OUTPUTS } from '../../shared/fields';
import { optionChoice } from '../choices';
import type { Item } from '../operation';
import { readCollection } from '../parameters';

/** The value of `options.show` for each result. */
const SHOWN: Record<ReconcileResult, string> = {
	changed: 'changed',
	same: 'same',
	not_found: 'notFound',
	not_completed: 'notCompleted',
	no_gfe_id: 'noGfeId',
	unrecorded: 'unrecorded',
};

/** The panel's default, used if the option wasn't added. */
const DEFAULT_SHOW = ['changed', 'notFound', 'unrecorded'];

/** The options of Reconcile. */
export interface ReconcileOptions {
	show: ReadonlySet<ReconcileResult>;
	/** Unix milliseconds; -Infinity if the option is not used. */
	completedAfter: number;
	output: VisitOutput;
}

const key = (value: unknown): string =>
	String(value)
		.replace(/[\s_-]/g, '')
		.toLowerCase();

function readShow(value: unknown): Set<ReconcileResult> {
	const results = Object.keys(SHOWN) as ReconcileResult[];
	const shown = (readList(value) ?? [value]).map((wanted) =>
		results.find((result) => key(result) === key(wanted)),
	);
	const known = shown.filter((result) => result !== undefined);
	if (known.length < shown.length || known.length === 0) {
		throw new InputError(
			'Show',
			`'Show' must be one or more of ${Object.values(SHOWN).join(', ')}`,
		);
	}
	return new Set(known);
}

/**
 * The options. They apply to all records and are read with the first one.
 *
 * @throws InputError naming the option
 */
export function readReconcileOptions(item: Item): ReconcileOptions {
	const options = readCollection(item, 'options');
	const { show = DEFAULT_SHOW, completedAfter } = options;
	if ('completedAfter' in options && completedAfter !== '' && isBlank(completedAfter)) {
		throw emptyField('Completed After');
	}
	return {
		show: readShow(show),
		completedAfter: isBlank(completedAfter)
			? -Infinity
			: toEpochMillis(completedAfter, item.zone, {
					field: 'Completed After',
					dateOnly: 'startOfDay',
				}),
		output: optionChoice(item, 'output', VISIT_OUTPUTS),
	};
}
