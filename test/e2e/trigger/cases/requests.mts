import { setTimeout as sleep } from 'node:timers/promises';
import { deliveryOf, sendRaw, sign, type RawRequest } from '../support/raw.mts';
import { saveTrigger, webhookTrigger, type Saved } from '../support/workflow.mts';
import type { TriggerWorld } from '../support/world.mts';

const text = (gfeId: string, changes?: object) => JSON.stringify(deliveryOf(gfeId, changes));
const MB = 1024 * 1024;
const big = text('gfe-big', { note: 'x'.repeat(10 * MB) });
const repeated = text('gfe-r4');
const broken = '{"event":"visit.completed",';
const vendorType = { 'content-type': 'application/vnd.api+json' };

/** What is sent, and the status that must come back. Only the ones under `ACCEPTED` start anything. */
const REFUSED: Array<[string, RawRequest, number]> = [
	['GET', { method: 'GET' }, 404],
	['HEAD', { method: 'HEAD' }, 404],
	['PUT', { method: 'PUT' }, 404],
	['no signature', { body: text('gfe-r1'), signature: null }, 401],
	['a wrong signature', { body: text('gfe-r2'), signature: sign(text('gfe-r2'), 'other') }, 401],
	['a signature that is no hex', { body: text('gfe-r3'), signature: 'z'.repeat(64) }, 401],
	[
		'two signatures, one of them right',
		{ body: repeated, signature: [sign(repeated), sign(repeated, 'other')] },
		401,
	],
	['the signature of another body', { body: text('gfe-r5'), signature: sign(text('gfe-r6')) }, 401],
	['an empty body without a signature', { body: '', signature: null }, 401],
	['10 MB without a signature', { body: big, signature: null }, 401],
	['signed, but an array', { body: JSON.stringify([deliveryOf('gfe-r7')]) }, 400],
	['signed, but a number', { body: '1' }, 400],
	['signed, but no event', { body: '{}' }, 400],
	['signed, but no visit', { body: { event: 'visit.completed', data: {} } }, 400],
	['signed, but empty', { body: '' }, 400],
	['signed, but not JSON though it says so', { body: broken }, 422],
	['not JSON, and says so', { body: broken, headers: { 'content-type': 'text/plain' } }, 400],
	['not JSON, of another type', { body: broken, headers: vendorType }, 400],
	['another event', { body: { event: 'treatment.updated', data: {} } }, 200],
	['another location', { body: text('gfe-r8', { location_id: 'loc_uptown' }) }, 200],
];

const ACCEPTED: Array<[string, RawRequest]> = [
	['plain', { body: text('gfe-a1') }],
	['gzip', { body: text('gfe-a2'), gzip: true }],
	[
		'an upper-case signature',
		{ body: text('gfe-a3'), signature: sign(text('gfe-a3')).toUpperCase() },
	],
	['two equal signatures', { body: repeated, signature: [sign(repeated), sign(repeated)] }],
	['another content type', { body: text('gfe-a4'), headers: vendorType }],
	['10 MB', { body: big }],
	['without a location', { body: text('gfe-a5', { location_id: undefined }) }],
];

/** Requests of strangers and of Spakinect, as n8n and the trigger answer them together. */
export const describeRequests = (world: () => TriggerWorld): void => {
	describe('requests to a published trigger', () => {
		let saved: Saved;
		beforeAll(async () => {
			saved = await saveTrigger(world(), webhookTrigger(world().credentials.emr));
			await world().client.publish(saved.id);
		});
		afterAll(async () => await world().client.deleteWorkflow(saved.id));

		it.each(REFUSED)('%s starts nothing', async (_, request, status) => {
			const answer = await sendRaw(saved.production, request);
			expect(answer).toMatchObject({ status });
			if (status === 200) expect(answer.text).toMatch(/"ignored":"This (event|location) is not/);
		});

		it('so far nothing has started', async () => {
			await sleep(1000);
			expect(await world().client.countExecutions(saved.id)).toBe(0);
		});

		it.each(ACCEPTED)('%s is accepted', async (_, request) => {
			const answer = await sendRaw(saved.production, request);
			expect(answer).toMatchObject({ status: 200 });
			expect(answer.text).toMatch(/^\{"received":true,"event_id":"[0-9a-f]{32}"\}$/);
		});

		it('each of these has started one execution, and a repeat none', async () => {
			const repeat = await sendRaw(saved.production, ACCEPTED[0]![1]);
			expect(repeat).toMatchObject({ status: 200 });
			expect(repeat.text).toContain('accepted before');
			await world().client.waitForExecution(saved.id, { count: ACCEPTED.length });
			await sleep(1000);
			const ended = await world().client.executions(saved.id);
			expect(ended.map(({ status }) => status)).toEqual(ACCEPTED.map(() => 'success'));
		});

		it('a visit that Spakinect could not gather is fetched before it is passed on', async () => {
			const before = await world().client.countExecutions(saved.id);
			const id = await world().newVisit();
			await world().control.complete(id, { success: false });
			const list = await world().client.waitForExecution(saved.id, { count: before + 1 });
			expect(JSON.stringify(list.at(-1)?.runData)).toContain('ada@patients.example');
			const calls = await world().control.calls();
			expect(calls).toContain(`GET /emr/visits/${id} 200`);
		});
	});
};
