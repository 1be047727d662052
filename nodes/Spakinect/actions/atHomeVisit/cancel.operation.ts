import type { IDataObject } from 'n8n-workflow';
import { InputError } from '../../domain/inputError';
import { statusGroup } from '../../domain/status';
import { failureOf } from '../../transport/errors';
import { gfeIdField, optionsField } from '../fields';
import { EMR_ONLY } from '../operation';
import type { Item, Operation, Result } from '../operation';
import { readCollection, requiredText } from '../parameters';

const outcome = (gfeId: string, status: unknown, change: IDataObject): Result[] => [
	{ json: { gfe_id: gfeId, status: (status ?? null) as IDataObject['status'], ...change } },
];

/**
 * A refused cancel: the API says 400 without saying what the visit's status is, so the visit tells.
 * Cancelled already is what the user wanted.
 */
async function settleRefusal(item: Item, gfeId: string): Promise<Result[]> {
	const { status } = await item.api.visit(gfeId, { fresh: true });
	if (statusGroup(status) === 'cancelled') {
		return outcome(gfeId, status, { cancelled: true, already_cancelled: true });
	}
	const { ifNotCancellable } = readCollection(item, 'options');
	if (ifNotCancellable === 'continue') {
		return outcome(gfeId, status, { cancelled: false, already_cancelled: false });
	}
	throw new InputError(
		'GFE ID',
		`The visit of this 'GFE ID' can no longer be cancelled: its status is ${String(status)}`,
		"Only visits that are Processing, Scheduled or Not Completed can be cancelled. Set the option 'If Not Cancellable' to carry on quietly.",
	);
}

/** PATCH /appointments/{gfe_id}/cancel. Calling it again does no harm. */
export const cancel: Operation = {
	value: 'cancel',
	name: 'Cancel',
	action: 'Cancel an at-home visit',
	description:
		'Cancel an at-home visit that the patient has not completed. Cancelling it twice does no harm.',
	keys: EMR_ONLY,
	writes: true,
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
						description: 'The output says that it was not cancelled',
					},
					{
						name: 'Stop With an Error',
						value: 'error',
						description: 'The error says which status the visit has',
					},
				],
				default: 'error',
				description: 'What to do with a visit that is past cancelling, for instance Completed',
			},
		]),
	],
	async run(item) {
		const gfeId = requiredText(item, 'gfeId', 'GFE ID');
		const path = `/appointments/${encodeURIComponent(gfeId)}/cancel`;
		const answer = await item.api.write('PATCH', path).catch((error: unknown) => {
			if (failureOf(error)?.status === 400) return undefined;
			return Promise.reject(error);
		});
		if (answer === undefined) return await settleRefusal(item, gfeId);
		return outcome(gfeId, answer.status, { cancelled: true, already_cancelled: false });
	},
};
