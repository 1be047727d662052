import { readRecipe } from '../../support/recipeFile.mts';
import { approved, newVisit } from '../../support/recipeVisits.mts';
import { LOCATION, PATIENT, type RecipeWorld } from '../../support/recipeWorld.mts';

export const describeReconciliation = (started: () => RecipeWorld): void => {
	let world: RecipeWorld;
	beforeAll(() => {
		world = started();
	});
	const contact = () => world.services.hubspot.contactWith(PATIENT.email)?.properties;

	const FILE = '07-nightly-reconciliation.json';
	const run = () => world.runByHand(FILE, 'Every night');
	const row = (booking_id: string, gfe_id: string, changes: object = {}) => ({
		...{ booking_id, gfe_id, location_id: LOCATION, status: 'requested', ...changes },
	});
	const statusOf = async () =>
		Object.fromEntries((await world.bookings()).map((one) => [one.gfe_id, one.status]));

	it('catches up what was missed, once, and reports what is lost or has no booking', async () => {
		const missed = await newVisit(world, ['Botox', 'Dermal Filler']);
		const open = await newVisit(world, ['Botox']);
		const kept = await newVisit(world, ['Botox']);
		const stranger = await newVisit(world, ['Botox']);
		const decisions = { Botox: 'deferred' };
		await world.control.complete(missed, { deliver: false, decisions });
		await world.control.complete(kept, { deliver: false });
		await world.control.addVisits([
			approved('gfe-2020', '2020-01-31T10:00:00Z', ['Botox']),
			{ ...approved('gfe-off', '2020-01-31T10:00:00Z', []), status: 'Cancelled' },
		]);
		await world.client.insertRows(
			'gfe_bookings',
			row('b-1', missed),
			row('b-2', open),
			row('b-3', kept, { status: 'booking_cancelled' }),
			row('b-4', 'gfe-gone'),
			row('b-5', 'gfe-gone-but-done', { status: 'completed' }),
			row('b-6', 'gfe-elsewhere', { location_id: 'loc_uptown' }),
		);
		await run();
		expect(await statusOf()).toEqual({
			...{ [missed]: 'completed', [open]: 'requested', [kept]: 'booking_cancelled' },
			...{ 'gfe-gone': 'lost', 'gfe-gone-but-done': 'completed', [stranger]: 'open' },
			'gfe-elsewhere': 'requested',
		});
		expect(contact()).toMatchObject({
			...{ gfe_id: missed, gfe_status: 'completed, all approved: false' },
			gfe_decisions: expect.stringMatching(/Deferred: Botox/),
		});
		const told = world.slack();
		expect(told).toHaveLength(3);
		expect(told.join('\n')).toMatch(new RegExp(`${missed} has changed.*Deferred: Botox.*b-1`));
		expect(told.join('\n')).toMatch(new RegExp(`${stranger} has no record`));
		expect(told.join('\n')).toMatch(/gfe-gone is not in the list.*b-4/);
		const before = world.services.calls.length;
		await run();
		expect(world.services.calls).toHaveLength(before);
		expect(await world.bookings()).toHaveLength(7);
	});

	const byBooking = (one: string, other: string) =>
		(/ b-\d/.exec(one)?.[0] ?? '').localeCompare(/ b-\d/.exec(other)?.[0] ?? '');
	it('reports once an exam that was canceled or rejected and that nobody heard of', async () => {
		const gone = await newVisit(world, ['Botox']);
		const refused = await newVisit(world, ['Dermal Filler']);
		const known = await newVisit(world, ['Laser Hair Removal']);
		await world.setVisit(gone, { status: 'Cancelled by client' });
		await world.setVisit(refused, { status: 'Rejected' });
		await world.setVisit(known, { status: 'Cancelled by client' });
		await world.client.insertRows(
			'gfe_bookings',
			row('b-1', gone),
			row('b-2', refused),
			row('b-3', known, { status: 'booking_cancelled' }),
		);
		await run();
		const statuses = { [gone]: 'cancelled', [refused]: 'rejected', [known]: 'booking_cancelled' };
		expect(await statusOf()).toEqual(statuses);
		expect(world.slack().sort(byBooking)).toEqual([
			expect.stringMatching(new RegExp(`${gone} has no decision to record. .*Cancelled.* b-1`)),
			expect.stringMatching(new RegExp(`${refused} has no decision to record. .*Rejected.* b-2`)),
		]);
		expect(contact()).toBeUndefined();
		await run();
		expect(world.slack()).toHaveLength(2);
		expect(await statusOf()).toEqual(statuses);
	});

	it('finds a decision that changed, and one for two bookings', async () => {
		const gfeId = await newVisit(world, ['Botox']);
		await world.control.complete(gfeId, { deliver: false });
		await world.client.insertRows('gfe_bookings', row('b-1', gfeId), row('b-2', gfeId));
		await run();
		expect(world.slack()).toHaveLength(2);
		const decisions = { Botox: 'deferred' };
		await world.control.complete(gfeId, { deliver: false, decisions });
		await run();
		expect(await world.bookings()).toMatchObject([
			{ booking_id: 'b-1', all_approved: false },
			{ booking_id: 'b-2', all_approved: false },
		]);
		expect(contact()).toMatchObject({ gfe_decisions: expect.stringMatching(/Deferred: Botox/) });
		expect(world.slack()).toHaveLength(4);
	});

	it('leaves a canceled booking canceled when the other one of its exam is written', async () => {
		const shared = await newVisit(world, ['Botox']);
		const statuses = async () =>
			Object.fromEntries((await world.bookings()).map((one) => [one.booking_id, one.status]));
		await world.control.complete(shared, { deliver: false });
		const canceled = { status: 'booking_cancelled' };
		await world.client.insertRows(
			'gfe_bookings',
			...[row('b-1', shared, canceled), row('b-2', shared)],
			...[row('b-3', 'gfe-gone', canceled), row('b-4', 'gfe-gone')],
		);
		await run();
		const expected = { 'b-1': canceled.status, 'b-2': 'completed', 'b-3': canceled.status };
		expect(await statuses()).toEqual({ ...expected, 'b-4': 'lost' });
		await world.control.complete(shared, { deliver: false, decisions: { Botox: 'deferred' } });
		await run();
		expect(await statuses()).toEqual({ ...expected, 'b-4': 'lost' });
		expect(world.slack()).toHaveLength(3);
	});

	it('works with an empty table, and takes a visit without an email address', async () => {
		const { first_name, last_name } = PATIENT;
		const person = { first_name, last_name, dob: '1971-11-23' };
		const gfeId = await newVisit(world, ['Botox'], { kind: 'in_person', patient_details: person });
		await world.control.complete(gfeId, { deliver: false });
		await run();
		expect(await world.bookings()).toMatchObject([
			{ gfe_id: gfeId, location_id: LOCATION, status: 'completed', all_approved: true },
		]);
		expect(world.services.hubspot.contacts.size).toBe(0);
		expect(world.slack()).toEqual([expect.stringMatching(new RegExp(`${gfeId} has no record`))]);
	});

	it('says nothing of what 02 has handled', async () => {
		const results = await world.import('02-gfe-completed.json');
		const gfeId = await newVisit(world, ['Botox']);
		await world.client.insertRows('gfe_bookings', row('b-1', gfeId));
		await world.subscribe(LOCATION);
		await world.client.publish(results);
		try {
			await world.ended(results, () => world.control.complete(gfeId));
		} finally {
			await world.client.unpublish(results);
		}
		await run();
		expect(world.slack()).toEqual([]);
	});

	it('says nothing of an approved exam without a booking that 02 has noted', async () => {
		const results = await world.import('02-gfe-completed.json');
		const gfeId = await newVisit(world, ['Botox']);
		await world.subscribe(LOCATION);
		await world.client.publish(results);
		try {
			await world.ended(results, () => world.control.complete(gfeId));
		} finally {
			await world.client.unpublish(results);
		}
		await run();
		expect(world.slack()).toEqual([]);
		expect(await world.bookings()).toHaveLength(1);
	});

	it('updates HubSpot for 02, if somebody empties event_id after it was down', async () => {
		const results = await world.import('02-gfe-completed.json');
		const gfeId = await newVisit(world, ['Botox']);
		await world.client.insertRows('gfe_bookings', row('b-1', gfeId));
		await world.subscribe(LOCATION);
		await world.client.publish(results);
		try {
			world.services.hubspot.fail('down');
			await world.ended(results, () => world.control.complete(gfeId));
			world.services.hubspot.recover();
		} finally {
			await world.client.unpublish(results);
		}
		await run();
		expect(contact()).toBeUndefined();
		await world.client.updateRows('gfe_bookings', { gfe_id: gfeId }, { event_id: null });
		await run();
		expect(contact()).toMatchObject({ gfe_id: gfeId });
	});

	it('tells staff what 02 could not tell them, because Slack was down', async () => {
		const results = await world.import('02-gfe-completed.json');
		const gfeId = await newVisit(world, ['Botox']);
		await world.client.insertRows('gfe_bookings', row('b-1', gfeId));
		await world.subscribe(LOCATION);
		await world.client.publish(results);
		try {
			world.services.slack.fail('down');
			const decisions = { Botox: 'deferred' };
			await world.failing(() =>
				world.finished(results, () => world.control.complete(gfeId, { decisions })),
			);
			world.services.slack.recover();
		} finally {
			await world.client.unpublish(results);
		}
		await run();
		const told = world.slack().filter((text) => text.startsWith('Nightly check'));
		expect(told).toEqual([expect.stringMatching(new RegExp(`${gfeId}.*Deferred: Botox`))]);
	});

	it('tells staff to check HubSpot when it is down, and comes again when Slack is', async () => {
		const gfeId = await newVisit(world, ['Botox']);
		await world.control.complete(gfeId, { deliver: false });
		await world.client.insertRows('gfe_bookings', row('b-1', gfeId));
		world.services.slack.fail('limited');
		await expect(run()).rejects.toThrow(/Tell staff/);
		expect(await statusOf()).toEqual({ [gfeId]: 'requested' });
		world.services.slack.recover();
		world.services.hubspot.fail('revoked');
		await run();
		expect(await statusOf()).toEqual({ [gfeId]: 'completed' });
		expect(world.slack()).toHaveLength(2);
		for (const text of world.slack()) expect(text).toMatch(new RegExp(`${gfeId}.*HubSpot`));
		await run();
		expect(world.slack()).toHaveLength(2);
	});

	it.each([
		[
			'the list cannot be read',
			() => world.control.faults({ match: { path: 'gfes' }, kind: 'status', status: 403 }),
		],
		['the credential is broken', () => world.breakCredential()],
	])('fails, and loses nothing, when %s', async (_, fail) => {
		await world.client.insertRows('gfe_bookings', row('b-1', 'gfe-1'));
		await fail();
		try {
			const execution = await world.failing(() => world.runOnSchedule(FILE));
			expect(execution.status).toBe('error');
			expect(execution.error?.node?.name).toBe('Compare');
		} finally {
			await world.repairCredential();
		}
		expect(await statusOf()).toEqual({ 'gfe-1': 'requested' });
		expect(world.slack()).toEqual([expect.stringMatching(/07.*Compare/)]);
	});

	it('stops before it tells anything if the start date is not filled in', async () => {
		await newVisit(world, ['Botox']);
		const id = await world.import(FILE);
		const { nodes } = await world.client.workflow(id);
		const asImported = readRecipe(FILE).nodes.find(({ name }) => name === 'Compare')!.parameters;
		const unfilled = nodes.map((node) =>
			node.name === 'Compare'
				? { ...node, parameters: { ...node.parameters, options: asImported.options } }
				: node,
		);
		await world.client.updateWorkflow(id, { nodes: unfilled });
		try {
			await expect(run()).rejects.toThrow(/Compare.*Completed After/s);
		} finally {
			await world.client.updateWorkflow(id, { nodes });
		}
		expect(world.slack()).toEqual([]);
	});
};
