import {
	CANCELLABLE,
	isCancellable,
	KNOWN_STATUSES,
	sameStatus,
	statusGroup,
} from '../../../nodes/Spakinect/domain/status';

describe('statusGroup', () => {
	it.each([
		['Intake', 'open'],
		['Processing', 'open'],
		['Scheduled', 'open'],
		['Waiting', 'open'],
		['Pending Review', 'open'],
		['Not Completed', 'open'],
		['Approved', 'open'],
		['Completed', 'completed'],
		['completed', 'completed'],
		['  COMPLETED ', 'completed'],
		['Pending  review', 'open'],
		['Cancelled', 'cancelled'],
		['Canceled', 'cancelled'],
		['Cancelled by client', 'cancelled'],
		['Cancelled by provider', 'cancelled'],
		['Cancelledness', 'unknown'],
		['Rejected', 'rejected'],
		['Uncompleted', 'unknown'],
		['Paused', 'unknown'],
		['', 'unknown'],
		['constructor', 'unknown'],
		[null, 'unknown'],
		[undefined, 'unknown'],
		[3, 'unknown'],
		[{}, 'unknown'],
	])('%p is %s', (status, group) => {
		expect(statusGroup(status)).toBe(group);
	});

	it('knows a group for each status offered in pickers', () => {
		expect(KNOWN_STATUSES.map(statusGroup)).not.toContain('unknown');
		expect(new Set(KNOWN_STATUSES).size).toBe(11);
	});

	it('what can be cancelled is open', () => {
		expect(CANCELLABLE.map(statusGroup)).toEqual(['open', 'open', 'open']);
		expect(isCancellable('not completed')).toBe(true);
		expect(isCancellable('Completed')).toBe(false);
		expect(isCancellable(undefined)).toBe(false);
	});

	it('compares without case and surplus spaces', () => {
		expect(sameStatus('cancelled  BY client', 'Cancelled by client')).toBe(true);
		expect(sameStatus('Cancelled', 'Cancelled by client')).toBe(false);
	});
});
