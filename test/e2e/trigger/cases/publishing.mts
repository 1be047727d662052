import { setTimeout as sleep } from 'node:timers/promises';
import { itemsOf } from '../../../../sandbox/n8n/client.mts';
import { AFTER } from '../../support/workflows.mts';
import { EMR_KEY, emrData } from '../../support/world.mts';
import { changeTrigger, saveTrigger, webhookTrigger, type Saved } from '../support/workflow.mts';
import { CLIENT_KEY, QUIET_MS, type TriggerWorld } from '../support/world.mts';

/** Each click of the table in docs/triggers.md on a published trigger, in this order. */
export const describePublishing = (world: () => TriggerWorld): void => {
	let saved: Saved;
	/** What Spakinect is told while `act` runs and shortly after: at least `count` requests. */
	const toldBy = async (act: () => Promise<unknown>, count: number): Promise<string[]> => {
		const mark = await world().mark();
		await act();
		return await world().toldAtLeast(count, mark);
	};
	const publish = async () => await world().client.publish(saved.id);

	describe('publishing', () => {
		beforeAll(async () => {
			saved = await saveTrigger(world(), webhookTrigger(world().credentials.emr));
		});

		it('subscribes the location, then registers the production URL', async () => {
			expect(await toldBy(publish, 2)).toEqual([
				'subscribe loc_downtown 200',
				`register ${saved.production} 200`,
			]);
		});

		it('turns a completed exam into one execution with the visit', async () => {
			const id = await world().newVisit();
			const decisions = { Botox: 'approved', 'Dermal Filler': 'deferred' };
			await world().control.complete(id, { decisions });
			const [execution] = await world().client.waitForExecution(saved.id);
			expect(execution).toMatchObject({ status: 'success', mode: 'webhook' });
			expect(itemsOf(execution!, AFTER).map((item) => item.json)).toEqual([
				expect.objectContaining({
					gfe_id: id,
					location_id: 'loc_downtown',
					status: 'Completed',
					status_group: 'completed',
					approved_treatments: ['Botox'],
					conditionally_approved_treatments: [],
					deferred_treatments: ['Dermal Filler'],
					undecided_treatments: [],
					all_approved: false,
					event: 'visit.completed',
					event_id: expect.any(String),
					patient_details: expect.objectContaining({ email: 'ada@patients.example' }),
				}),
			]);
			expect(await world().attemptsFor(id)).toEqual([expect.objectContaining({ status: 200 })]);
		});

		it.each<[string, () => Promise<unknown>]>([
			['publishing the same again', publish],
			[
				'publishing other settings',
				async () => {
					await world().client.updateWorkflow(saved.id, {
						settings: { executionOrder: 'v1', timezone: 'America/New_York' },
					});
					await publish();
				},
			],
			[
				'saving a draft of the trigger',
				() => changeTrigger(world(), saved.id, () => ({ position: [100, 100] })),
			],
			['publishing a trigger that was only moved', publish],
			[
				'editing the credential',
				() => {
					const { id, name } = world().credentials.emr.spakinectApi!;
					const data = emrData(world().simulator);
					return world().client.updateCredential(id, name, 'spakinectApi', data);
				},
			],
		])('%s tells Spakinect nothing', async (_, act) => {
			expect(await toldBy(act, 0)).toEqual([]);
		});

		it('a changed trigger registers again when it is published, not before', async () => {
			const draft = async () =>
				await changeTrigger(world(), saved.id, ({ parameters }) => ({
					parameters: { ...parameters, locationIds: ['loc_downtown', 'loc_uptown'] },
				}));
			expect(await toldBy(draft, 0)).toEqual([]);
			// The location that was subscribed before is not subscribed again.
			expect(await toldBy(publish, 2)).toEqual([
				'subscribe loc_uptown 200',
				`register ${saved.production} 200`,
			]);
		});

		it('a renamed trigger registers again, and goes on receiving', async () => {
			await changeTrigger(world(), saved.id, () => ({ name: 'Renamed' }));
			expect(await toldBy(publish, 1)).toContain(`register ${saved.production} 200`);
			await world().control.complete(await world().newVisit('loc_uptown'));
			await world().client.waitForExecution(saved.id, { count: 2 });
		});

		it('unpublishing tells Spakinect nothing; deliveries get 404 and start nothing', async () => {
			const before = await world().client.countExecutions(saved.id);
			expect(await toldBy(() => world().client.unpublish(saved.id), 0)).toEqual([]);
			const id = await world().newVisit();
			await world().control.complete(id);
			expect(await world().attemptsFor(id)).toEqual([expect.objectContaining({ status: 404 })]);
			await sleep(QUIET_MS);
			expect(await world().client.countExecutions(saved.id)).toBe(before);
		});

		it('archiving and deleting tell Spakinect nothing', async () => {
			await publish();
			expect(await toldBy(() => world().client.deleteWorkflow(saved.id), 0)).toEqual([]);
		});
	});

	describe('a trigger that cannot register', () => {
		it('names the location, leaves the URL alone in every retry, and publishes once corrected', async () => {
			const urlBefore = await world().registeredUrl();
			saved = await saveTrigger(
				world(),
				webhookTrigger(world().credentials.emr, { locationIds: ['loc_downtown', 'loc_other_emr'] }),
			);
			// n8n tries five times, with pauses of 1, 2, 4 and 8 s.
			const failed = await toldBy(() => expect(publish()).rejects.toThrow(/loc_other_emr/), 6);
			const attempts = Array.from({ length: 5 }, () => 'subscribe loc_other_emr 403');
			expect(failed.sort()).toEqual(['subscribe loc_downtown 200', ...attempts].sort());
			expect(await world().registeredUrl()).toBe(urlBefore);

			await changeTrigger(world(), saved.id, ({ parameters }) => ({
				parameters: { ...parameters, locationIds: ['loc_downtown'] },
			}));
			expect(await toldBy(publish, 1)).toEqual([`register ${saved.production} 200`]);
			await world().client.deleteWorkflow(saved.id);
		});
	});

	describe('a trigger that works and gets a second location', () => {
		const addLocation = async (location: string) =>
			await changeTrigger(world(), saved.id, ({ parameters }) => ({
				parameters: { ...parameters, locationIds: ['loc_downtown', location] },
			}));
		const deliver = async () => {
			const id = await world().newVisit();
			await world().control.complete(id);
			return await world().attemptsFor(id);
		};
		beforeAll(async () => {
			saved = await saveTrigger(world(), webhookTrigger(world().credentials.emr));
			await publish();
		});
		afterAll(async () => {
			await world().control.setFaults([]);
			await world().client.deleteWorkflow(saved.id);
		});

		it('is published although Spakinect answers 503 for 16 seconds', async () => {
			await addLocation('loc_uptown');
			const match = { path: '/subscriptions' };
			await world().control.setFaults([{ match, kind: 'status', status: 503 }]);
			const over = sleep(16_000).then(async () => await world().control.setFaults([]));
			await publish();
			await over;
			expect(await deliver()).toEqual([expect.objectContaining({ status: 200 })]);
		});

		it('is offline after a misspelt one, and the error says how to come back', async () => {
			await addLocation('loc_uptwon');
			await expect(publish()).rejects.toThrow(/loc_uptwon.*404.*unpublish the workflow/);
			expect(await deliver()).toEqual([expect.objectContaining({ status: 404 })]);
		});

		it('comes back when the location is corrected, without subscribing the others again', async () => {
			await addLocation('loc_uptown');
			expect(await toldBy(publish, 1)).toEqual([`register ${saved.production} 200`]);
			expect(await deliver()).toEqual([expect.objectContaining({ status: 200 })]);
		});

		it('is registered again by unpublishing and publishing', async () => {
			await world().control.registerInPortal(EMR_KEY, 'https://elsewhere.example/hook');
			const told = await toldBy(async () => {
				await world().client.unpublish(saved.id);
				await publish();
			}, 1);
			expect(told).toEqual([`register ${saved.production} 200`]);
		});
	});

	it('a saved workflow with an event that is no longer offered goes on working', async () => {
		const events = ['treatment.updated'];
		saved = await saveTrigger(world(), webhookTrigger(world().credentials.emr, { events }));
		await publish();
		const data = { treatment_id: 't1', treatment_name: 'Botox', action: 'updated' };
		const body = { event: 'treatment.updated', timestamp: Date.now(), data };
		await world().control.deliver({ key: EMR_KEY, url: saved.production, body });
		const [execution] = await world().client.waitForExecution(saved.id);
		expect(itemsOf(execution!, AFTER)[0]?.json).toMatchObject(data);
		await world().client.deleteWorkflow(saved.id);
	});

	describe('a trigger that does not register itself', () => {
		it('with Registration "Manual" tells Spakinect nothing', async () => {
			const trigger = webhookTrigger(world().credentials.emr, { registration: 'manual' });
			saved = await saveTrigger(world(), trigger);
			expect(await toldBy(publish, 0)).toEqual([]);
			await world().client.deleteWorkflow(saved.id);
		});

		it('with a Client key receives at the URL that was pasted into the portal', async () => {
			const parameters = { authentication: 'client', locationIds: [] };
			const trigger = webhookTrigger(world().credentials.client, parameters);
			saved = await saveTrigger(world(), trigger);
			expect(await toldBy(publish, 0)).toEqual([]);
			await world().control.registerInPortal(CLIENT_KEY, saved.production);
			const id = await world().newVisit();
			await world().control.complete(id);
			const [execution] = await world().client.waitForExecution(saved.id);
			expect(itemsOf(execution!, AFTER)[0]?.json).toMatchObject({ gfe_id: id });
			await world().control.registerInPortal(CLIENT_KEY, null);
			await world().client.deleteWorkflow(saved.id);
		});
	});
};
