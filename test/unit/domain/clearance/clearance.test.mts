import { ask, evaluated, open } from './patientCases.mts';

describe('patient cases: one treatment', () => {
	it.each([
		['is new here', [], 'never_evaluated', null, null],
		[
			'was approved two months ago',
			[evaluated('a', '2026-01-10', 'approved')],
			'approved',
			'approved',
			'a',
		],
		[
			'was approved 13 months ago',
			[evaluated('a', '2025-02-10', 'approved')],
			'expired',
			'approved',
			'a',
		],
		[
			'needs a test spot first',
			[evaluated('a', '2026-01-10', 'conditional')],
			'conditionally_approved',
			'conditionally_approved',
			'a',
		],
		['was deferred', [evaluated('a', '2026-01-10', 'deferred')], 'deferred', 'deferred', 'a'],
		[
			'was evaluated, this treatment left open',
			[evaluated('a', '2026-01-10', 'undecided')],
			'undecided',
			'undecided',
			'a',
		],
		[
			'was approved, then deferred',
			[evaluated('a', '2025-12-10', 'approved'), evaluated('b', '2026-01-10', 'deferred')],
			'deferred',
			'deferred',
			'b',
		],
		[
			'was deferred, then approved, listed the other way round',
			[evaluated('b', '2026-01-10', 'approved'), evaluated('a', '2025-12-10', 'deferred')],
			'approved',
			'approved',
			'b',
		],
		[
			'was approved, then evaluated again without a decision on it',
			[evaluated('a', '2025-12-10', 'approved'), evaluated('b', '2026-01-10', 'undecided')],
			'undecided',
			'undecided',
			'b',
		],
		[
			'was approved, and later evaluated for something else',
			[
				evaluated('a', '2025-12-10', 'approved'),
				evaluated('b', '2026-01-10', 'undecided', { requested_treatments: ['Laser'] }),
			],
			'approved',
			'approved',
			'a',
		],
		[
			'was approved twice, the newer one counts',
			[evaluated('a', '2025-02-10', 'approved'), evaluated('b', '2026-01-10', 'approved')],
			'approved',
			'approved',
			'b',
		],
		[
			'has two decisions of the same instant',
			[evaluated('a', '2026-01-10', 'approved'), evaluated('b', '2026-01-10', 'deferred')],
			'deferred',
			'deferred',
			'b',
		],
		[
			'is in two lists of one visit',
			[evaluated('a', '2026-01-10', 'approved', { deferred_treatments: ['botox'] })],
			'deferred',
			'deferred',
			'a',
		],
		[
			'was approved without having asked for it',
			[evaluated('a', '2026-01-10', 'approved', { requested_treatments: ['Laser'] })],
			'approved',
			'approved',
			'a',
		],
		['has an open visit', [open('a')], 'evaluation_pending', null, null],
		[
			'has an open visit with the status Approved',
			[open('a', ['Botox'], 'Approved')],
			'evaluation_pending',
			null,
			null,
		],
		['has an open visit for something else', [open('a', ['Laser'])], 'never_evaluated', null, null],
		[
			'was approved 13 months ago and has an open visit',
			[evaluated('a', '2025-02-10', 'approved'), open('b')],
			'expired',
			'approved',
			'a',
		],
		[
			'cancelled',
			[evaluated('a', '2026-01-10', 'approved', { status: 'Cancelled by client' })],
			'never_evaluated',
			null,
			null,
		],
		[
			'was rejected',
			[evaluated('a', '2026-01-10', 'approved', { status: 'Rejected' })],
			'never_evaluated',
			null,
			null,
		],
		[
			'was approved, and a visit was cancelled since',
			[
				evaluated('a', '2025-12-10', 'approved'),
				evaluated('b', '2026-01-10', 'deferred', { status: 'Cancelled' }),
			],
			'approved',
			'approved',
			'a',
		],
		[
			'is approved under an unknown status',
			[evaluated('a', '2026-01-10', 'approved', { status: 'Amended' })],
			'never_evaluated',
			null,
			null,
		],
		[
			'was approved, then deferred under an unknown status',
			[
				evaluated('a', '2025-12-10', 'approved'),
				evaluated('b', '2026-01-10', 'deferred', { status: 'Amended' }),
			],
			'deferred',
			'deferred',
			'b',
		],
		[
			'was approved only after the day that is asked about',
			[evaluated('a', '2026-04-10', 'approved')],
			'never_evaluated',
			null,
			null,
		],
		[
			'was approved, and was deferred after the day that is asked about',
			[evaluated('a', '2026-01-10', 'approved'), evaluated('b', '2026-04-10', 'deferred')],
			'deferred',
			'deferred',
			'b',
		],
	])('who %s', (_, visits, reason, decision, gfeId) => {
		const { cleared, treatments } = ask(visits);
		expect(treatments).toHaveLength(1);
		expect(treatments[0]).toMatchObject({ reason, decision, gfe_id: gfeId });
		expect(cleared).toBe(reason === 'approved');
		expect(treatments[0]?.cleared).toBe(cleared);
	});
});

describe('patient cases: visits without an evaluation date (Client API)', () => {
	it.each([
		['approved', [evaluated('a', null, 'approved')], 'no_evaluation_date', 'approved'],
		['deferred', [evaluated('a', null, 'deferred')], 'no_evaluation_date', 'deferred'],
		[
			'approved and deferred, order unknown',
			[evaluated('a', null, 'approved'), evaluated('b', null, 'deferred')],
			'no_evaluation_date',
			'deferred',
		],
		[
			'a valid dated approval and an undated one: either way approved',
			[evaluated('a', '2026-01-10', 'approved'), evaluated('b', null, 'approved')],
			'approved',
			'approved',
		],
		[
			'a valid dated approval and an undated deferral, which may be newer',
			[evaluated('a', '2026-01-10', 'approved'), evaluated('b', null, 'deferred')],
			'no_evaluation_date',
			'deferred',
		],
		[
			'an expired approval and an undated one',
			[evaluated('a', '2025-01-10', 'approved'), evaluated('b', null, 'approved')],
			'no_evaluation_date',
			'approved',
		],
		[
			'a dated deferral and an undated approval',
			[evaluated('a', '2026-01-10', 'deferred'), evaluated('b', null, 'approved')],
			'deferred',
			'deferred',
		],
		[
			'a date that cannot be read',
			[evaluated('a', null, 'approved', { evaluation_completed: 'soon' })],
			'no_evaluation_date',
			'approved',
		],
	])('%s', (_, visits, reason, decision) => {
		const { cleared, treatments } = ask(visits);
		expect(treatments[0]).toMatchObject({ reason, decision });
		expect(cleared).toBe(reason === 'approved');
		expect(treatments[0]?.expires_at === null).toBe(reason !== 'approved');
	});
});
