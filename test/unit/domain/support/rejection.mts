import { InputError } from '../../../../nodes/Spakinect/domain/inputError';

/** The InputError that a call ends with; any other outcome fails the test. */
export function rejection(call: () => unknown): InputError {
	let outcome: unknown;
	try {
		outcome = call();
	} catch (error) {
		if (error instanceof InputError) return error;
		throw error;
	}
	throw new Error(`expected an InputError, got ${JSON.stringify(outcome)}`);
}

/**
 * What every refusal promises: it names the field in quotes, and it does not repeat the input.
 * Inputs of up to three characters, and plain words that may occur in any sentence, are not looked for.
 */
export function expectSafeRejection(error: InputError, field: string, input: unknown): void {
	expect(error.field).toBe(field);
	expect(error.message).toContain(`'${field}'`);
	const text = String(input);
	if (text.trim().length > 3 && !/^[A-Za-z' ]+$/.test(text)) {
		expect(`${error.message}`).not.toContain(text);
	}
}
