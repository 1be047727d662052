import { echoOf, outcomeOf } from '../create/output';
import { requestVisit } from '../create/request';
import { optionsField } from '../../shared/fields';
import { BOTH_KEYS } from '../operation';
import type { Operation } from '../operation';
import { atHomeOptions, contactNotice, fieldsFor, readBooking, warnOfOdd } from './booking';

/** POST /appointments. Spakinect emails and texts the patient immediately, so it is never sent twice. */
export const create: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create an at-home visit',
	description:
		'Request a GFE that the patient does at home before the appointment. Spakinect emails and texts the patient immediately.',
	keys: BOTH_KEYS,
	writes: true,
	hint: "Emails and texts the patient immediately, also with 'Execute step'. Run it only for a real booking, or after a person has approved it. Set onExisting to return, so that a second run finds the open exam and contacts nobody. With a Client API key it can't see open exams: put Remove Duplicates on the booking ID before it. Leave Retry On Fail off. Store the gfe_id of the output with the booking.",
	fields: [
		contactNotice(
			'emrContactNotice',
			'emr',
			"To avoid contacting them twice, leave 'If an Open Visit Exists' on 'Return the Existing'.",
		),
		contactNotice(
			'clientContactNotice',
			'client',
			"A second run contacts them again, because a Client key can't see open visits.",
		),
		...fieldsFor(BOTH_KEYS),
		optionsField(atHomeOptions),
	],
	async run(item) {
		const request = await readBooking(item);
		const requested = await requestVisit(item, request);
		if (requested.result === 'requested') warnOfOdd(item, request);
		const outcome = outcomeOf(item, request, requested);
		return [{ json: { ...outcome, ...echoOf(item, request, requested.treatments) } }];
	},
};
