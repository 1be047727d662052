import {
	AcceptedDeliveries,
	AcceptedDeliveriesPerNode,
} from '../../../../nodes/Spakinect/trigger/webhook/deliveries/duplicates';

const delivery = (key: string, time = 1, subject = 'g1') => ({ subject, key, time });

/** Handles one delivery. @returns whether it is new */
async function handle(
	memory: AcceptedDeliveries,
	one: ReturnType<typeof delivery>,
	isAccepted = true,
): Promise<boolean> {
	const endTurn = await memory.turn(one.subject);
	const isNew = !memory.isDuplicate(one);
	endTurn(isNew && isAccepted ? one : undefined);
	return isNew;
}

async function accepted(memory: AcceptedDeliveries, ...all: ReturnType<typeof delivery>[]) {
	const results: boolean[] = [];
	for (const one of all) results.push(await handle(memory, one));
	return results;
}

describe('AcceptedDeliveries', () => {
	it('lets a delivery through once', async () => {
		expect(
			await accepted(new AcceptedDeliveries(10), delivery('A'), delivery('A'), delivery('A', 2)),
		).toEqual([true, false, false]);
	});

	it('lets a changed decision of the same GFE through', async () => {
		expect(await accepted(new AcceptedDeliveries(10), delivery('A', 1), delivery('B', 2))).toEqual([
			true,
			true,
		]);
	});

	it('lets a decision that was changed back through, but not a late redelivery of the first', async () => {
		const memory = new AcceptedDeliveries(10);
		expect(
			await accepted(
				memory,
				delivery('A', 1),
				delivery('B', 2),
				delivery('A', 1),
				delivery('A', 3),
			),
		).toEqual([true, true, false, true]);
		expect(await accepted(memory, delivery('A', 3), delivery('B', 2))).toEqual([false, false]);
	});

	it('an older state that arrives late passes, and does not hide the newer one', async () => {
		expect(
			await accepted(
				new AcceptedDeliveries(10),
				delivery('B', 2),
				delivery('A', 1),
				delivery('B', 2),
				delivery('A', 1),
			),
		).toEqual([true, true, false, false]);
	});

	it('remembers nothing that was refused', async () => {
		const memory = new AcceptedDeliveries(10);
		expect(await handle(memory, delivery('A'), false)).toBe(true);
		expect(await handle(memory, delivery('A'))).toBe(true);
	});

	it.each([
		['accepted', true, [false, false]],
		['not accepted', false, [true, false]],
	])('two that arrive meanwhile wait for the first, which is %s', async (_, isFirst, expected) => {
		const memory = new AcceptedDeliveries(10);
		const endTurn = await memory.turn('g1');
		const order: string[] = [];
		const waiting = [1, 2].map(async (index) => {
			const isNew = await handle(memory, delivery('A'));
			order.push(`waited ${index}`);
			return isNew;
		});
		await new Promise((resolve) => setTimeout(resolve, 5));
		order.push('first');
		endTurn(isFirst ? delivery('A') : undefined);
		expect(await Promise.all(waiting)).toEqual(expected);
		expect(order).toEqual(['first', 'waited 1', 'waited 2']);
	});

	it('an older one that arrives while a younger one is under way is found outdated', async () => {
		const memory = new AcceptedDeliveries(10);
		const endTurn = await memory.turn('g1');
		const late = memory.turn('g1').then((end) => {
			end();
			return memory.isOutdated('g1', 1);
		});
		endTurn(delivery('deferred', 2));
		expect(await late).toBe(true);
		expect([2, 3].map((time) => memory.isOutdated('g1', time))).toEqual([false, false]);
		expect(memory.isOutdated('g2', 1)).toBe(false);
	});

	it('different GFEs do not wait for each other', async () => {
		const memory = new AcceptedDeliveries(10);
		await memory.turn('g1');
		expect(await handle(memory, delivery('A', 1, 'g2'))).toBe(true);
	});

	it('is bounded, and forgets the subject untouched for longest', async () => {
		const memory = new AcceptedDeliveries(2);
		await accepted(
			memory,
			delivery('A', 1, 'g1'),
			delivery('A', 1, 'g2'),
			delivery('B', 2, 'g1'),
			delivery('A', 1, 'g3'),
		);
		expect(memory.size).toBe(2);
		expect(await handle(memory, delivery('B', 2, 'g1'))).toBe(false);
		expect(await handle(memory, delivery('A', 1, 'g2'))).toBe(true);
	});

	it('is bounded in the changes of one visit', async () => {
		const memory = new AcceptedDeliveries(2);
		const many = Array.from({ length: 100 }, (_, index) => delivery(`K${index}`, index));
		await accepted(memory, ...many);
		expect(
			JSON.stringify(memory['seen'].get('visit.completed g1') ?? memory['seen']).length,
		).toBeLessThan(200);
	});
});

describe('AcceptedDeliveriesPerNode', () => {
	it('keeps workflows apart: each of two triggers gets the delivery', async () => {
		const nodes = new AcceptedDeliveriesPerNode(2, 10);
		expect(await accepted(nodes.of('w1/n'), delivery('A'))).toEqual([true]);
		expect(await accepted(nodes.of('w2/n'), delivery('A'))).toEqual([true]);
		expect(await accepted(nodes.of('w1/n'), delivery('A'))).toEqual([false]);
	});

	it('drops the node unused for longest', async () => {
		const nodes = new AcceptedDeliveriesPerNode(2, 10);
		const first = nodes.of('a');
		nodes.of('b');
		expect(nodes.of('a')).toBe(first);
		nodes.of('c');
		expect(nodes.of('a')).toBe(first);
		const again = nodes.of('b');
		expect(again.size).toBe(0);
	});
});
