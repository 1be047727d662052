import {
	AcceptedDeliveries,
	AcceptedDeliveriesPerNode,
} from '../../../../nodes/Spakinect/trigger/webhook/deliveries/duplicates';

const news = (key: string, time = 1, subject = 'g1') => ({ subject, key, time });

async function accepted(repeats: AcceptedDeliveries, ...all: ReturnType<typeof news>[]) {
	const results: boolean[] = [];
	for (const one of all) {
		const isNew = await repeats.claim(one);
		if (isNew) repeats.settle(one, true);
		results.push(isNew);
	}
	return results;
}

describe('AcceptedDeliveries', () => {
	it('lets news through once', async () => {
		expect(await accepted(new AcceptedDeliveries(10), news('A'), news('A'), news('A', 2))).toEqual([
			true,
			false,
			false,
		]);
	});

	it('lets a changed decision of the same GFE through', async () => {
		expect(await accepted(new AcceptedDeliveries(10), news('A', 1), news('B', 2))).toEqual([
			true,
			true,
		]);
	});

	it('lets a decision that was changed back through, but not a late redelivery of the first', async () => {
		const repeats = new AcceptedDeliveries(10);
		expect(await accepted(repeats, news('A', 1), news('B', 2), news('A', 1), news('A', 3))).toEqual(
			[true, true, false, true],
		);
		expect(await accepted(repeats, news('A', 3), news('B', 2))).toEqual([false, false]);
	});

	it('an older state that arrives late is news, and does not hide the newer one', async () => {
		expect(
			await accepted(
				new AcceptedDeliveries(10),
				news('B', 2),
				news('A', 1),
				news('B', 2),
				news('A', 1),
			),
		).toEqual([true, true, false, false]);
	});

	it('forgets nothing of what was refused: only accepted news counts', async () => {
		const repeats = new AcceptedDeliveries(10);
		expect(await repeats.claim(news('A'))).toBe(true);
		repeats.settle(news('A'), false);
		expect(await repeats.claim(news('A'))).toBe(true);
	});

	it.each([
		['accepted', true, [false, false]],
		['not accepted', false, [true, false]],
	])(
		'two that arrive meanwhile wait for the first, which is %s',
		async (_, firstAccepted, expected) => {
			const repeats = new AcceptedDeliveries(10);
			await repeats.claim(news('A'));
			const waiting = [1, 2].map(async () => {
				const isNew = await repeats.claim(news('A'));
				if (isNew) repeats.settle(news('A'), true);
				return isNew;
			});
			repeats.settle(news('A'), firstAccepted);
			expect(await Promise.all(waiting)).toEqual(expected);
		},
	);

	it('is bounded, and forgets the subject untouched for longest', async () => {
		const repeats = new AcceptedDeliveries(2);
		await accepted(
			repeats,
			news('A', 1, 'g1'),
			news('A', 1, 'g2'),
			news('B', 2, 'g1'),
			news('A', 1, 'g3'),
		);
		expect(repeats.size).toBe(2);
		expect(await repeats.claim(news('B', 2, 'g1'))).toBe(false);
		expect(await repeats.claim(news('A', 1, 'g2'))).toBe(true);
	});

	it('is bounded in the changes of one visit', async () => {
		const repeats = new AcceptedDeliveries(2);
		const many = Array.from({ length: 100 }, (_, index) => news(`K${index}`, index));
		await accepted(repeats, ...many);
		expect(
			JSON.stringify(repeats['seen'].get('visit.completed g1') ?? repeats['seen']).length,
		).toBeLessThan(200);
	});
});

describe('AcceptedDeliveriesPerNode', () => {
	it('keeps workflows apart: each of two triggers gets the delivery', async () => {
		const nodes = new AcceptedDeliveriesPerNode(2, 10);
		expect(await accepted(nodes.of('w1/n'), news('A'))).toEqual([true]);
		expect(await accepted(nodes.of('w2/n'), news('A'))).toEqual([true]);
		expect(await accepted(nodes.of('w1/n'), news('A'))).toEqual([false]);
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
