import { setTimeout as sleep } from 'node:timers/promises';
import { itemsOf } from '../../../../sandbox/n8n/client.mts';
import { AFTER } from '../../support/workflows.mts';
import { BOOT_MS } from '../../support/world.mts';
import {
	chainOf,
	pollingTrigger,
	saveTrigger,
	webhookTrigger,
	type Saved,
} from '../support/workflow.mts';
import { QUIET_MS, type TriggerWorld } from '../support/world.mts';

/** n8n is stopped and started again, with one published workflow of each trigger. */
export const describeRestart = (world: () => TriggerWorld): void => {
	describe('a restart of n8n', () => {
		let webhook: Saved;
		let pollingId: string;
		let known: string;
		let whileDown: string;
		let toldByRestart: string[];

		beforeAll(async () => {
			known = await world().newVisit('loc_uptown');
			webhook = await saveTrigger(world(), webhookTrigger(world().credentials.emr));
			await world().client.publish(webhook.id);
			const poller = pollingTrigger(world().credentials.emr, ['loc_uptown']);
			({ id: pollingId } = await world().client.createWorkflow(chainOf(poller)));
			await world().client.publish(pollingId);

			const mark = await world().mark();
			await world().n8n.stop();
			whileDown = await world().newVisit('loc_uptown');
			await world().control.complete(known, { deliver: false });
			await world().boot();
			await sleep(QUIET_MS);
			toldByRestart = await world().told(mark);
		}, BOOT_MS);

		it('tells Spakinect nothing', () => {
			expect(toldByRestart).toEqual([]);
		});

		it('leaves deliveries accepted as before', async () => {
			const id = await world().newVisit();
			await world().control.complete(id);
			const [execution] = await world().client.waitForExecution(webhook.id);
			expect(itemsOf(execution!, AFTER)[0]?.json).toMatchObject({ gfe_id: id });
		});

		it('a test after it brings back the URL at which a delivery came', async () => {
			const draft = await saveTrigger(world(), webhookTrigger(world().credentials.emr));
			await world().testBriefly(draft);
			await world().untilRegistered(webhook.production);
			await world().client.deleteWorkflow(draft.id);
		});

		it('makes the polling trigger give what changed meanwhile, and only that', async () => {
			const [execution] = await world().client.waitForExecution(pollingId);
			const events = itemsOf(execution!, AFTER).map(({ json }) => `${json.event} ${json.gfe_id}`);
			expect(events.sort()).toEqual([`completed ${known}`, `created ${whileDown}`].sort());
		});
	});

	describe('a restart with another production endpoint (N8N_ENDPOINT_WEBHOOK)', () => {
		let saved: Saved;

		beforeAll(async () => {
			saved = await saveTrigger(world(), webhookTrigger(world().credentials.emr));
			await world().client.publish(saved.id);
			await world().n8n.stop();
			await world().boot({ N8N_ENDPOINT_WEBHOOK: 'hooks' });
		}, BOOT_MS);

		it('a URL that was only derived is called that, with the advice', async () => {
			await world().testBriefly(saved);
			await world().untilRegistered(saved.production);
			expect(world().n8n.output()).toMatch(/derived from the test URL.*may not exist.*Unpublish/);
		});

		it('unpublishing and publishing registers the right one, which then comes back', async () => {
			await world().client.unpublish(saved.id);
			await world().client.publish(saved.id);
			const right = saved.production.replace('/webhook/', '/hooks/');
			await world().untilRegistered(right);
			await world().testBriefly(saved);
			await world().untilRegistered(right);
		});
	});
};
