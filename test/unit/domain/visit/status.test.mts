import {
	KNOWN_STATUSES,
	shownStatus,
	statusGroup,
	statusKey,
} from '../../../../nodes/Spakinect/domain/visit/status';

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

	it('what the documentation calls cancellable is open', () => {
		const cancellable = ['Processing', 'Scheduled', 'Not Completed'];
		expect(cancellable.map(statusGroup)).toEqual(['open', 'open', 'open']);
	});

	it('compares without case and surplus spaces', () => {
		expect(statusKey('cancelled  BY client')).toBe(statusKey('Cancelled by client'));
		expect(statusKey('Cancelled')).not.toBe(statusKey('Cancelled by client'));
	});
});

describe('shownStatus', () => {
	it.each([
		'Completed',
		'Cancelled by client',
		' Something New ',
		'Cancelled by provider',
		'pending REVIEW',
	])('%j as it is', (status) => {
		expect(shownStatus(status)).toBe(status.trim());
	});

	it.each([
		{ a: 1 },
		null,
		7,
		'',
		'a@mail.example',
		'born 11/23/1987',
		'Cancelled by Ada Example',
		'x'.repeat(40),
	])('nothing of %j', (status) => {
		expect(shownStatus(status)).toBe('unknown');
	});
});
