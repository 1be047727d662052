/** The part of Jest's `--json` report that the total line needs. */
export interface JestReport {
	numPassedTests: number;
	numFailedTests: number;
	numPendingTests: number;
	numTodoTests: number;
	/** Test files that failed to load. They count as failures, because none of their tests ran. */
	numRuntimeErrorTestSuites: number;
}

export interface Counts {
	passed: number;
	failed: number;
	skipped: number;
}

/**
 * Counts one Jest run. A run that failed without a failed test (crash, no report, failed teardown) counts as
 * one failure, so the total can't look like a success.
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

/** The last line of a test run: `N passed, N failed`, and `, N skipped` if any were. */
export const totalLine = ({ passed, failed, skipped }: Counts): string =>
	`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
