import type { IDataObject } from 'n8n-workflow';
import { InputError } from '../../domain/inputError';
import { shownStatus, statusGroup } from '../../domain/visit/status';
import { failureOf } from '../../transport/errors';
import { gfeIdField, optionsField } from '../fields';
import { EMR_ONLY } from '../operation';
import type { Item, Operation, Result } from '../operation';
import { optionChoice } from '../choices';
import { readCollection, requiredText } from '../parameters';

/** 400 is documented. A conflict and an unprocessable request say the same elsewhere. */
const REFUSALS = new Set([400, 409, 422]);

const outcome = (gfeId: string, status: unknown, change: IDataObject): Result[] => [
	{ json: { gfe_id: gfeId, status: (status ?? null) as IDataObject['status'], ...change } },
];

/** The answer to a cancel that was not plainly confirmed. */
type Unconfirmed = 'refused' | 'unclear';

function unconfirmedBy(error: unknown): Unconfirmed | undefined {
	const failure = failureOf(error);
	if (failure?.reason === 'unreadable') return 'unclear';
	const isRefusal = REFUSALS.has(failure?.status ?? 0) || failure?.reason === 'refused';
	return isRefusal ? 'refused' : undefined;
}

const readIfNotCancellable = (item: Item): 'error' | 'continue' =>
	optionChoice(
		readCollection(item, 'options'),
		'ifNotCancellable',
		'If Not Cancellable',
		['error', 'continue'],
		'error',
	);

/**
 * The answer to the cancel doesn't say what the visit's status is, so the visit is read. A visit that is
 * canceled already is what the user wanted, also if the first of two tries of this call canceled it.
 */
async function settle(item: Item, gfeId: string, how: Unconfirmed): Promise<Result[]> {
	const { status } = await item.api.visit(gfeId, { fresh: true });
	if (statusGroup(status) === 'cancelled') {
		return outcome(gfeId, status, { cancelled: true, already_cancelled: how === 'refused' });
	}
	if (readIfNotCancellable(item) === 'continue') {
		return outcome(gfeId, status, { cancelled: false, already_cancelled: false });
	}
	if (how === 'unclear') {
		throw new InputError(
			'GFE ID',
			`Spakinect accepted the cancel, but the visit of this 'GFE ID' is not canceled: its status is ${shownStatus(status)}`,
			'Look at the visit in the portal.',
		);
	}
	throw new InputError(
		'GFE ID',
		`The visit of this 'GFE ID' can no longer be canceled: its status is ${shownStatus(status)}`,
		"Only visits that are Processing, Scheduled or Not Completed can be canceled. To continue without an error, set the option 'If Not Cancellable'.",
	);
}

/**
 * Sends the cancel.
 *
 * @returns the confirmed status, or how the answer left it open. A status that contradicts (the visit is
 *   open, or done) is no confirmation: the patient would still be expected while the workflow goes on.
 */
async function send(item: Item, path: string): Promise<{ status: unknown } | Unconfirmed> {
	const answer = await item.api
		.write('PATCH', path)
		.catch((error: unknown) => unconfirmedBy(error) ?? Promise.reject(error));
	if (typeof answer === 'string') return answer;
	const contradicts = ['open', 'completed', 'rejected'].includes(statusGroup(answer.status));
	return contradicts ? 'unclear' : { status: answer.status };
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
		const gfeId = requiredText(item, 'gfeId', 'GFE ID');
		// A wrong choice stops the item before anything is sent.
		readIfNotCancellable(item);
		const path = `/appointments/${encodeURIComponent(gfeId)}/cancel`;
		const answer = await send(item, path);
		if (typeof answer === 'string') return await settle(item, gfeId, answer);
		return outcome(gfeId, answer.status, { cancelled: true, already_cancelled: false });
	},
};
