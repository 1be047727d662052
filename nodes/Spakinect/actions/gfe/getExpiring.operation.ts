import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import type { EvaluationDates } from '../../domain/clearance/evaluationDates';
import { withEvaluationDates } from '../../domain/clearance/evaluationDates';
import type { Expiring, ExpiringQuestion } from '../../domain/clearance/expiring';
import { endsBetween, findExpiring } from '../../domain/clearance/expiring';
import { InputError } from '../../domain/inputError';
import { expiringSummary } from '../../domain/summary/clearance';
import { quickZone } from '../../domain/time/zone';
import { parseTreatments } from '../../domain/treatment/entries';
import { resolveTreatments } from '../../domain/treatment/treatments';
import { treatmentKey } from '../../domain/treatment/key';
import type { Visit } from '../../domain/visit/visit';
import { readLimit } from '../choices';
import { readOption } from '../clearance/fieldOrOption';
import {
	clientDatesFields,
	evaluationDatesOption,
	validityMonthsOption,
} from '../clearance/fields';
import { readClearanceRules, readLocations } from '../clearance/input';
import { locationIdField, maxParallelOption, returnAllFields, treatmentsField } from '../fields';
import { optionsField } from '../../shared/fields';
import { BOTH_KEYS } from '../operation';
import type { Item, Operation, Result } from '../operation';
import { read } from '../parameters';

const WITHIN_DAYS = 30;
const MAX_DAYS = 3_650;

function wholeDays(value: unknown, label: string): number {
	const isNumber = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
	const days = isNumber ? Number(value) : NaN;
	if (Number.isInteger(days) && days >= 0 && days <= MAX_DAYS) return days;
	throw new InputError(label, `'${label}' must be a whole number from 0 to ${MAX_DAYS}`);
}

/** Keys of the treatments that were chosen, or undefined for all of them. */
async function readWanted(item: Item): Promise<ReadonlySet<string> | undefined> {
	const given = readOption(item, 'treatments');
	if (!given) return undefined;
	const catalog = await item.api.treatments();
	const names = resolveTreatments(parseTreatments(given.value), catalog, 'error');
	return new Set(names.map(treatmentKey));
}

/** The visits of all locations, grouped by patient name. */
async function groupsOf(item: Item, locations: Array<string | undefined>): Promise<Visit[][]> {
	const groups = new Map<string, Visit[]>();
	for (const list of await Promise.all(locations.map((id) => item.lists.at(id)))) {
		for (const [name, listed] of list.groups()) {
			const group = groups.get(name) ?? [];
			groups.set(name, group);
			for (const { visit } of listed) group.push(visit);
		}
	}
	return [...groups.values()];
}

async function findAll(
	item: Item,
	groups: Visit[][],
	question: ExpiringQuestion,
	dates: EvaluationDates = new Map(),
): Promise<Expiring[]> {
	const found: Expiring[] = [];
	for (const group of groups) {
		await item.pace.breathe();
		found.push(...findExpiring(withEvaluationDates(group, dates).visits, question));
	}
	return found.sort((a, b) => Date.parse(a.expires_at) - Date.parse(b.expires_at));
}

/** Summaries to write before other work gets a turn. */
const CHUNK = 200;

async function toResults(item: Item, found: Expiring[]): Promise<Result[]> {
	const results: Result[] = [];
	for (const [position, one] of found.entries()) {
		if (position % CHUNK === 0) await item.pace.breathe();
		const summary = expiringSummary(one, item.zone);
		results.push({ json: { ...one, summary } as IDataObject });
	}
	return results;
}

/** Reads the lists, then returns one item for each approval that ends soon, ordered by its end. */
export const getExpiring: Operation = {
	value: 'getExpiring',
	name: 'Get Expiring',
	action: 'Get expiring approvals',
	description:
		'Retrieve a list of approvals that end soon: one item per patient and treatment, unless a new exam for it is open. Contacts nobody.',
	keys: BOTH_KEYS,
	writes: false,
	hint: 'An item means that an approval ends, not that the patient may be treated: decide that with Check Clearance. If ambiguous is true, a person must look first. Ask a person before you request new exams for the patients in the list.',
	fields: [
		{
			...locationIdField,
			hint: 'GFEs of other locations are not seen. Separate several IDs with commas.',
			displayOptions: { show: { authentication: ['emr'] } },
		},
		{
			displayName: 'Ends Within (Days)',
			name: 'withinDays',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: MAX_DAYS },
			default: WITHIN_DAYS,
			description: 'Return approvals that end at most this many days from now',
		},
		...clientDatesFields,
		...returnAllFields,
		optionsField([
			{
				displayName: 'Ended Within (Days)',
				name: 'endedWithinDays',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: MAX_DAYS },
				default: 0,
				description: 'Also return approvals that ended at most this many days ago',
			},
			evaluationDatesOption,
			maxParallelOption,
			{ ...treatmentsField, required: false },
			validityMonthsOption,
		]),
	],
	async run(item) {
		const locations = readLocations(item);
		const limit = readLimit(item);
		const { now: millis, validityMonths, dates } = readClearanceRules(item);
		const given = readOption(item, 'endedWithinDays');
		const within = wholeDays(read(item, 'withinDays', WITHIN_DAYS), 'Ends Within (Days)');
		const ended = given ? wholeDays(given.value, 'Ended Within (Days)') : 0;
		const now = DateTime.fromMillis(millis, { zone: quickZone(item.zone) });
		const question: ExpiringQuestion = {
			...{ now, validityMonths, ...endsBetween(now, ended, within) },
			treatments: await readWanted(item),
		};
		const found = await findAll(item, await groupsOf(item, locations), question, dates);
		return await toResults(item, found.slice(0, limit));
	},
};
