/** What of Jest's `--json` report the total line needs. */
export interface JestReport {
	numPassedTests: number;
	numFailedTests: number;
	numPendingTests: number;
	numTodoTests: number;
	/** Files that could not even be loaded: they have no failed test, yet nothing of them was tested. */
	numRuntimeErrorTestSuites: number;
}

export interface Counts {
	passed: number;
	failed: number;
	skipped: number;
}

/**
 * Counts one Jest run. A run that ended badly without naming a failed test (crash, no report,
 * failed tear-down) counts as one failure, so that the total never looks green.
 */
export const countsOf = (report: JestReport | undefined, exitCode: number): Counts => {
	const passed = report?.numPassedTests ?? 0;
	const failed = (report?.numFailedTests ?? 0) + (report?.numRuntimeErrorTestSuites ?? 0);
	const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0);
	return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed, skipped };
};

export const addCounts = (a: Counts, b: Counts): Counts => ({
	passed: a.passed + b.passed,
	failed: a.failed + b.failed,
	skipped: a.skipped + b.skipped,
});

/** The last line of a test run: `N passed, N failed`, and `, N skipped` when there are any. */
export const totalLine = ({ passed, failed, skipped }: Counts): string =>
	`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
