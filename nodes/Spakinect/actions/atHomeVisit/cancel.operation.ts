import type { IDataObject } from 'n8n-workflow';
import { InputError } from '../../domain/inputError';
import { shownStatus } from '../../domain/visit/status';
import { gfeIdField } from '../fields';
import { optionsField } from '../../shared/fields';
import { EMR_ONLY } from '../operation';
import type { Operation } from '../operation';
import { optionChoice } from '../choices';
import { requiredText } from '../parameters';
import type { CancelOutcome } from './cancelVisit';
import { cancelVisit, unclearCancel } from './cancelVisit';

/** The error for a visit that is not canceled after the request to cancel it. */
function notCanceled({ isRefusal, status }: CancelOutcome): InputError {
	const shown = shownStatus(status);
	return isRefusal
		? new InputError(
				'GFE ID',
				`The visit of this 'GFE ID' can no longer be canceled: its status is ${shown}`,
				"Only visits that are Processing, Scheduled or Not Completed can be canceled. To continue without an error, set the option 'If Not Cancellable'.",
			)
		: unclearCancel(status);
}

/** PATCH /appointments/{gfe_id}/cancel. Calling it again is harmless. */
export const cancel: Operation = {
	value: 'cancel',
	name: 'Cancel',
	action: 'Cancel an at-home visit',
	description:
		'Cancel an at-home visit that the patient has not completed. Canceling it twice is harmless.',
	keys: EMR_ONLY,
	writes: true,
	hint: "Cancels the exam, which can't be undone: a new exam contacts the patient again. A second cancel of the same exam does no harm.",
	fields: [
		gfeIdField,
		optionsField([
			{
				displayName: 'If Not Cancellable',
				name: 'ifNotCancellable',
				type: 'options',
				options: [
					{
						name: 'Continue',
						value: 'continue',
						description: 'The output says that it was not canceled',
					},
					{
						name: 'Stop With an Error',
						value: 'error',
						description: 'The error says which status the visit has',
					},
				],
				default: 'error',
				description:
					'What to do with a visit that can no longer be canceled, for example a completed one',
			},
		]),
	],
	async run(item) {
		const gfeId = requiredText(item, 'gfeId');
		// Read first: a wrong choice stops the item before anything is sent.
		const otherwise = optionChoice(item, 'ifNotCancellable', ['error', 'continue']);
		const outcome = await cancelVisit(item, gfeId);
		const { isCanceled, isRefusal, status } = outcome;
		if (!isCanceled && otherwise === 'error') throw notCanceled(outcome);
		const json: IDataObject = {
			gfe_id: gfeId,
			status: (status ?? null) as IDataObject['status'],
			cancelled: isCanceled,
			already_cancelled: isCanceled && isRefusal,
		};
		return [{ json }];
	},
};
