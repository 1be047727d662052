import { failureOf } from '../../../../sandbox/n8n/client.mts';
import type { Fault } from '../../../../sandbox/simulator/index.mts';
import type { ActionWorld } from '../../support/action.mts';
import { AT_HOME, booking } from '../../support/actionData.mts';
import { runAction, type Json, type NodeSettings } from '../../support/actionRun.mts';

const DAY = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString();
/** The new appointment. */
const THEN = inDays(30);
const PERSON = { firstName: 'Quillon', lastName: 'Vanterpool', email: 'quillon.v@mail.example' };

interface Row {
	/** What the visit is, before. */
	status: string;
	decision?: 'approved' | 'deferred';
	evaluated?: string;
	patient?: Json;
	options?: Json;
	/** The fault of the request with this method. */
	fault?: [method: string, kind: Fault['kind']];
	/** The result, or the text of the error. */
	result: string | RegExp;
	/** Writes that Spakinect was sent. */
	writes: string;
	/** Messages to the patient: an email and a text for each request. */
	contacts: number;
	/** The status of the visit afterwards; default: the same. */
	after?: string;
}

const CANCELED = 'Cancelled by client';
const REPLACED = { result: 'requested_again', writes: 'PATCH POST', contacts: 2, after: CANCELED };
const CREATED = { result: 'requested_again', writes: 'POST', contacts: 2 };
const LEFT = { writes: '', contacts: 0 };
const DEFERRED = { status: 'Completed', decision: 'deferred', evaluated: inDays(-10) } as const;
const APPROVED = { status: 'Completed', decision: 'approved' } as const;

const ROWS: Array<[name: string, row: Row]> = [
	['open', { status: 'Processing', ...REPLACED }],
	[
		'open, keep',
		{ status: 'Processing', options: { ifOpen: 'keep' }, result: 'kept_open', ...LEFT },
	],
	[
		'open, but not cancellable',
		{ status: 'Pending Review', result: 'kept_open', ...LEFT, writes: 'PATCH' },
	],
	[
		'completed, approved, and valid then',
		{ ...APPROVED, evaluated: inDays(-10), result: 'still_cleared', ...LEFT },
	],
	[
		'completed, approved, and at an end then',
		{ ...APPROVED, evaluated: inDays(-350), result: 'not_cleared_then', ...LEFT },
	],
	['completed, deferred', { ...DEFERRED, result: 'not_cleared_then', ...LEFT }],
	[
		'completed, deferred, request',
		{ ...DEFERRED, options: { ifNotCleared: 'request' }, ...CREATED },
	],
	[
		'an unknown status, which may be open',
		{ status: 'Odd', result: 'kept_open', ...LEFT, writes: 'PATCH' },
	],
	[
		'open, and the records have the new time already',
		{ status: 'Processing', options: { previousTime: THEN }, result: 'same_time', ...LEFT },
	],
	['cancelled', { status: CANCELED, ...CREATED }],
	['rejected', { status: 'Rejected', ...CREATED }],
	[
		"another patient's",
		{ status: 'Processing', patient: { last_name: 'Other' }, result: /another patient/, ...LEFT },
	],
	[
		'open, and the answer to the cancel is lost',
		{
			status: 'Processing',
			fault: ['PATCH', 'drop_after'],
			...REPLACED,
			writes: 'PATCH PATCH POST',
		},
	],
	[
		'open, and the answer to the create is lost',
		{
			...{ status: 'Processing', fault: ['POST', 'drop_after'], ...REPLACED },
			result: /GFE v1 was canceled.*may have been created/,
		},
	],
	[
		'open, and the create never arrives',
		{
			...{ status: 'Processing', fault: ['POST', 'drop_before'], ...REPLACED, contacts: 0 },
			result: /GFE v1 was canceled/,
		},
	],
];

/** The table of At-Home Visit > Reschedule, row by row; what belongs to each row is in test/node. */
export const describeReschedule = (world: () => ActionWorld): void => {
	const add = async (gfe_id: string, { status, decision, evaluated, patient }: Row) => {
		const { firstName: first_name, lastName: last_name, email } = PERSON;
		await world().control.addVisits([
			{
				...{ gfe_id, status, location_id: 'loc_downtown', requested_treatments: ['Botox'] },
				...(decision && { decisions: { Botox: decision }, evaluation_completed: evaluated }),
				patient_details: { first_name, last_name, email, ...patient },
			},
		]);
	};
	const move = (options: Json = {}, gfeIds = ['v1'], settings?: NodeSettings) =>
		runAction(world(), {
			parameters: { ...AT_HOME, operation: 'reschedule', gfeId: '={{ $json.gfeId }}', options },
			items: gfeIds.map((gfeId) =>
				booking(gfeId, { ...PERSON, gfeId, treatments: 'Botox', appointmentTime: THEN }),
			),
			...(settings && { settings }),
		});
	const statusOf = async (id: string) =>
		(await world().control.state()).visits.find(({ gfe_id }) => gfe_id === id)?.status;

	it.each(ROWS)('%s', async (_, row) => {
		await add('v1', row);
		const [method, kind] = row.fault ?? [];
		if (kind) await world().control.faults({ match: { method }, kind, times: 1 });
		const { json, execution } = await move(row.options);
		if (typeof row.result === 'string') {
			expect(execution.error).toBeUndefined();
			const created = row.result === 'requested_again';
			expect(json).toMatchObject([{ result: row.result, created, previous_gfe_id: 'v1' }]);
			expect(json[0]?.gfe_id === 'v1').toBe(!created);
		} else {
			expect(json).toEqual([]);
			expect(failureOf(execution)).toMatch(row.result);
			expect(failureOf(execution)).not.toMatch(/quillon|vanterpool/i);
		}
		const writes = (await world().control.journal()).filter(({ method: one }) => one !== 'GET');
		expect(writes.map(({ method: one }) => one).join(' ')).toBe(row.writes);
		expect(await world().control.contacts()).toHaveLength(row.contacts);
		expect(await statusOf('v1')).toBe(row.after ?? row.status);
	});

	it('a visit of another patient is the error of its item alone', async () => {
		await add('v1', { status: 'Rejected', ...CREATED });
		await add('v2', { status: 'Rejected', patient: { email: 'other@mail.example' }, ...CREATED });
		const { json, failed, pairs } = await move({}, ['v1', 'v2'], {
			onError: 'continueErrorOutput',
		});
		expect(json).toMatchObject([{ result: 'requested_again', previous_gfe_id: 'v1' }]);
		expect(failed).toHaveLength(1);
		expect(pairs).toEqual(['v1', 'v2']);
		expect(await world().control.contacts()).toHaveLength(2);
	});
};
