/**
 * An error that the user can fix. It is printed without a stack trace. `advice` says what to do next. Neither
 * text may contain a secret.
 */
export class UserError extends Error {
	constructor(
		message: string,
		readonly advice?: string,
		options?: { cause?: unknown },
	) {
		super(message, options);
		this.name = 'UserError';
	}
}

/** A failure inside a named step ("publish the workflow"), so the report says where it happened. */
export class StepError extends Error {
	constructor(
		readonly step: string,
		message: string,
		options?: { cause?: unknown },
	) {
		super(`${step}: ${message}`, options);
		this.name = 'StepError';
	}
}

/** The text of anything that was thrown. */
export const messageOf = (error: unknown): string =>
	error instanceof Error ? error.message : String(error);

/**
 * Runs a program's main function. A failure becomes one message and exit code 1; The stack is printed only if
 * DEBUG is set, because it would hide the advice.
 */
export const runMain = async (main: () => Promise<void>): Promise<void> => {
	try {
		await main();
	} catch (error) {
		console.error(`\nFailed: ${messageOf(error)}`);
		if (error instanceof UserError && error.advice) console.error(error.advice);
		if (process.env.DEBUG && error instanceof Error) console.error(error.stack);
		process.exitCode = 1;
	}
};
