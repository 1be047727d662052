import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import { approved, newVisit } from '../../support/recipeVisits.mts';
import { PATIENT, type RecipeWorld } from '../../support/recipeWorld.mts';

export const describeRenewals = (started: () => RecipeWorld): void => {
	let world: RecipeWorld;
	beforeAll(() => {
		world = started();
	});
	const contact = () => world.services.hubspot.contactWith(PATIENT.email)?.properties;

	const FILE = '08-renewals.json';
	const run = () => world.runByHand(FILE, 'Every day');
	const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
	/** Evaluated 11 and a half months ago, if nothing else is said. */
	const ending = (treatments: string[], changes: object = {}, days = 350) => ({
		...approved(`gfe-${randomUUID()}`, daysAgo(days), treatments),
		...changes,
	});
	const tasks = () => world.services.hubspot.engagements;
	/** An approval counts for a year; n8n runs in UTC here. */
	const endOf = (visit: { evaluation_completed: string }) =>
		DateTime.fromISO(visit.evaluation_completed, { zone: 'utc' }).plus({ years: 1 }).toMillis();
	const dueDates = () =>
		tasks().map(({ metadata, timestamp }) => [metadata.subject, timestamp] as const);
	/** A contact says nothing about approvals: it has room for one date, and a patient can have several. */
	const expectEmailOnly = () => {
		for (const { properties } of world.services.hubspot.contacts.values()) {
			const { createdate, lastmodifieddate, hs_object_id, ...own } = properties;
			expect([createdate, lastmodifieddate, hs_object_id]).not.toContain(undefined);
			expect(Object.keys(own)).toEqual(['email']);
		}
	};

	it('invites once for each approval that ends and was not renewed', async () => {
		const visit = ending(['Botox', 'Dermal Filler', 'Microneedling']);
		await world.control.addVisits([
			{ ...visit, decisions: { ...visit.decisions, Microneedling: 'deferred' } },
			approved('gfe-newer', daysAgo(1), ['Dermal Filler']),
			approved('gfe-long-over', daysAgo(600), ['IV Therapy']),
		]);
		await run();
		await run();
		expect(tasks()).toMatchObject([
			{
				type: 'TASK',
				contactIds: [world.services.hubspot.contactWith(PATIENT.email)?.vid],
				metadata: {
					subject: 'Invite to renew: Botox',
					body: expect.stringMatching(new RegExp(`Botox in GFE ${visit.gfe_id} ends in`)),
					status: 'NOT_STARTED',
				},
			},
		]);
		expect(dueDates()).toEqual([['Invite to renew: Botox', endOf(visit)]]);
		expect(contact()?.email).toBe(PATIENT.email);
		expectEmailOnly();
		expect(world.slack()).toEqual([]);
	});

	it('does not invite a patient whose new exam is open', async () => {
		await world.control.addVisits([ending(['Botox'])]);
		await newVisit(world, ['Botox']);
		await run();
		expect([tasks(), contact(), world.slack()]).toEqual([[], undefined, []]);
	});

	it('says in the task who cannot be told apart, and leaves to staff who has no email address', async () => {
		const at = (kind: string, patient_details: object) => ({ kind, patient_details });
		const home = ending(['Botox'], at('at_home', { ...PATIENT, dob: '1971-11-23' }));
		const twin = ending(['Botox'], at('at_home', { ...PATIENT, dob: '2015-06-01' }));
		const other = { first_name: 'Ada', last_name: 'Example', dob: '1980-02-03' };
		const walkIn = ending(['Dermal Filler'], at('in_person', other));
		await world.control.addVisits([home, twin, walkIn]);
		await run();
		await run();
		const bodies = tasks().map(({ metadata }) => String(metadata.body));
		expect(bodies).toHaveLength(2);
		for (const body of bodies) expect(body).toMatch(/cannot be told apart/);
		expect(dueDates().map(([, due]) => due)).toEqual([endOf(home), endOf(twin)]);
		expectEmailOnly();
		expect(world.slack()).toEqual([
			expect.stringMatching(new RegExp(`by hand.*Dermal Filler in GFE ${walkIn.gfe_id}`)),
		]);
		expect(world.services.hubspot.contacts.size).toBe(1);
	});

	it('gives each of several approvals its task, due when that approval ends', async () => {
		const other = { first_name: 'Ada', last_name: 'Example', email: 'ada@patients.example' };
		const filler = ending(['Dermal Filler'], {}, 340);
		const botox = ending(['Botox', 'IV Therapy'], {}, 360);
		const ofOther = ending(['Botox'], { patient_details: other }, 350);
		await world.control.addVisits([filler, botox, ofOther]);
		await run();
		expect(dueDates()).toEqual([
			['Invite to renew: Botox', endOf(botox)],
			['Invite to renew: IV Therapy', endOf(botox)],
			['Invite to renew: Botox', endOf(ofOther)],
			['Invite to renew: Dermal Filler', endOf(filler)],
		]);
		const [mine, , others] = tasks();
		expect(mine!.contactIds).not.toEqual(others!.contactIds);
		expect(world.services.hubspot.contacts.size).toBe(2);
		expectEmailOnly();
	});

	it('leaves the task of an approval as it is when another of the patient comes up on another day', async () => {
		const [botox, filler, third] = [
			ending(['Botox'], {}, 352),
			ending(['Dermal Filler'], {}, 340),
			ending(['IV Therapy'], {}, 361),
		];
		for (const visit of [botox, filler, third]) {
			await world.control.addVisits([visit]);
			await run();
		}
		const due = [
			['Invite to renew: Botox', endOf(botox)],
			['Invite to renew: Dermal Filler', endOf(filler)],
			['Invite to renew: IV Therapy', endOf(third)],
		];
		expect(dueDates()).toEqual(due);
		// Renewed since: nothing new is said, and no date of the old approval is left at the contact.
		await world.control.addVisits([approved('gfe-renewed', daysAgo(0), ['Botox'])]);
		await run();
		expect(dueDates()).toEqual(due);
		expectEmailOnly();
	});

	it.each([
		['down', undefined],
		['limited', /engagements/],
		['revoked', undefined],
	] as const)('tells staff once when HubSpot is %s', async (fault, only) => {
		const visit = ending(['Botox']);
		await world.control.addVisits([visit]);
		world.services.hubspot.fail(fault, only && { only });
		await run();
		world.services.hubspot.recover();
		await run();
		expect(world.slack()).toEqual([expect.stringMatching(new RegExp(`by hand.*${visit.gfe_id}`))]);
		expect(tasks()).toEqual([]);
	});

	it.each([
		[
			'the list cannot be read',
			() => world.control.faults({ match: { path: 'gfes' }, kind: 'status', status: 403 }),
		],
		['the credential is broken', () => world.breakCredential()],
	])('fails when %s, tells staff, and comes again on the next run', async (_, fail) => {
		await world.control.addVisits([ending(['Botox'])]);
		await fail();
		try {
			const execution = await world.failing(() => world.runOnSchedule(FILE));
			expect([execution.status, execution.error?.node?.name]).toEqual([
				'error',
				'Ending approvals',
			]);
		} finally {
			await world.repairCredential();
			await world.control.faults();
		}
		expect(world.slack()).toEqual([expect.stringMatching(/08.*Ending approvals/)]);
		await run();
		expect(tasks()).toHaveLength(1);
	});
};
