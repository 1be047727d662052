/**
 * A value of the user that can't be used. The message names the field by its label and never contains the
 * value, because error texts are stored in execution data and logs and the value may be patient data.
 */
export class InputError extends Error {
	/** The label of the field in the panel, such as `Appointment Time`. */
	readonly field: string;

	/** What to enter instead, with an example where one helps. */
	readonly advice?: string;

	constructor(field: string, message: string, advice?: string) {
		super(message);
		this.name = 'InputError';
		this.field = field;
		if (advice !== undefined) this.advice = advice;
	}
}

/** For a text such as `Lee undefined`. */
export const MISSING_ADVICE =
	'It contains undefined, null, NaN, [object Object], {{ }} or a spreadsheet error such as #REF!. Check that each field the expression uses exists in the input.';

/** Usually, an expression found nothing, which n8n shows as `undefined`. */
const EMPTY_ADVICE = 'Fill in the field, or check that its expression finds a value.';

/** The error for a field without a value. */
export const emptyField = (field: string): InputError =>
	new InputError(field, `'${field}' is empty`, EMPTY_ADVICE);
