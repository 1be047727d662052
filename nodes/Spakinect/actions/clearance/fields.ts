import type { INodeProperties } from 'n8n-workflow';
import { DEFAULT_VALIDITY_MONTHS } from './input';

export const validityMonthsOption: INodeProperties = {
	displayName: 'Validity (Months)',
	name: 'validityMonths',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 1200 },
	default: DEFAULT_VALIDITY_MONTHS,
	description:
		'Calendar months for which an approval counts. State laws differ: ask your medical director.',
};

export const evaluationDatesOption: INodeProperties = {
	displayName: 'Evaluation Dates',
	name: 'evaluationDates',
	type: 'json',
	default: '[]',
	hint: 'By expression: the rows of your table, with gfe_id and event_time',
	description:
		'When GFEs were evaluated, from your own records: rows with gfe_id and event_time, as the triggers give them (evaluation_completed, evaluated_at and completed_at work too), or an object of times by GFE ID. Used only where Spakinect gives no date, as with a Client API key.',
};

/** A Client key always needs the dates, so they are not hidden under Options. */
export const clientDatesFields: INodeProperties[] = [
	{
		displayName:
			"Spakinect sends no evaluation dates to a Client API key. Add the dates from your own records in 'Evaluation Dates'. An approval without a date doesn't count (reason no_evaluation_date).",
		name: 'clientDatesNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { authentication: ['client'] } },
	},
	{
		...evaluationDatesOption,
		required: true,
		displayOptions: { show: { authentication: ['client'] } },
	},
];
