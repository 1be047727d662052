import { randomUUID } from 'node:crypto';
import { failing } from './told.mts';
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
	/** Evaluated 11 and a half months ago. */
	const ending = (treatments: string[], changes: object = {}) => ({
		...approved(`gfe-${randomUUID()}`, daysAgo(350), treatments),
		...changes,
	});
	const tasks = () => world.services.hubspot.engagements;

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
		const days = (Date.parse(String(contact()?.gfe_expires)) - Date.now()) / 86_400_000;
		expect(days).toBeGreaterThan(13);
		expect(days).toBeLessThan(18);
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
		expect(world.slack()).toEqual([
			expect.stringMatching(new RegExp(`by hand.*Dermal Filler in GFE ${walkIn.gfe_id}`)),
		]);
		expect(world.services.hubspot.contacts.size).toBe(1);
	});

	it('gives each of several approvals its task', async () => {
		const other = { first_name: 'Ada', last_name: 'Example', email: 'ada@patients.example' };
		await world.control.addVisits([
			ending(['Botox', 'Dermal Filler']),
			ending(['Botox'], { patient_details: other }),
		]);
		await run();
		expect(
			tasks()
				.map(({ metadata }) => metadata.subject)
				.sort(),
		).toEqual([
			'Invite to renew: Botox',
			'Invite to renew: Botox',
			'Invite to renew: Dermal Filler',
		]);
		expect(world.services.hubspot.contacts.size).toBe(2);
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
			const execution = await failing(world, () => world.runOnSchedule(FILE));
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
