import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import type { WebhookHost } from './support/webhookHost.mts';
import { EMR, useWebhookHosts } from './support/webhookWorld.mts';

const { host } = useWebhookHosts();

describe('fuzzed requests', () => {
	const header = fc.string({
		unit: fc.integer({ min: 32, max: 126 }).map((c) => String.fromCharCode(c)),
	});
	const post = async (
		one: WebhookHost,
		body: string | Uint8Array,
		headers: Record<string, string>,
	) => (await fetch(one.productionUrl, { method: 'POST', body: body as BodyInit, headers })).status;

	/** Mostly the usual value, so that the others are tried deep inside and not only at the door. */
	const mostly = <T,>(usual: string, others: fc.Arbitrary<T>) =>
		fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: others });

	it('a made-up signature is a 401, whatever the body', async () => {
		const one = await host({ events: ['*'] });
		await fc.assert(
			fc.asyncProperty(fc.uint8Array(), header, fc.string(), async (body, signature, type) => {
				const headers = { 'x-signature': signature, 'content-type': encodeURIComponent(type) };
				expect(await post(one, body, headers)).toBe(401);
			}),
			{ numRuns: 150 },
		);
		expect(one.executions).toEqual([]);
		expect(one.logs).toEqual([]);
	});

	it('a signed body of any form is taken or refused, never a 500', async () => {
		const one = await host({
			events: ['*'],
			output: 'treatments',
			options: { refetchIncomplete: false, skipRepeats: false },
		});
		const visit = fc.record(
			{
				gfe_id: mostly('g1', fc.jsonValue()),
				location_id: mostly('loc_downtown', fc.jsonValue()),
				status: mostly('Completed', fc.jsonValue()),
				requested_treatments: fc.oneof(fc.array(fc.string()), fc.jsonValue()),
				approved_treatments: fc.oneof(fc.array(fc.string()), fc.jsonValue()),
				evaluation_completed: fc.jsonValue(),
				patient_details: fc.jsonValue(),
			},
			{ requiredKeys: ['gfe_id'] },
		);
		const delivery = fc.record(
			{
				event: mostly('visit.completed', fc.jsonValue()),
				timestamp: fc.oneof(fc.double({ noNaN: true }), fc.jsonValue()),
				success: fc.oneof(fc.boolean(), fc.jsonValue()),
				data: fc.oneof({ weight: 5, arbitrary: visit }, { weight: 1, arbitrary: fc.jsonValue() }),
			},
			{ requiredKeys: ['event', 'data'] },
		);
		await fc.assert(
			fc.asyncProperty(
				fc.oneof(
					{ weight: 4, arbitrary: delivery.map((one) => JSON.stringify(one)) },
					fc.json(),
					fc.string(),
				),
				async (body) => {
					const signature = createHmac('sha256', EMR).update(Buffer.from(body)).digest('hex');
					expect([200, 400]).toContain(await post(one, body, { 'x-signature': signature }));
				},
			),
			{ numRuns: 300 },
		);
		expect(one.logs.filter(({ level }) => level === 'fatal')).toEqual([]);
		expect(one.executions.length).toBeGreaterThan(50);
	});
});
