import {
	AdaptiveWindow,
	MAX_PARALLEL,
	START_PARALLEL,
} from '../../../nodes/Spakinect/transport/window';

/** Counts how many may enter at once; the rest stay queued. */
async function capacity(window: AdaptiveWindow): Promise<number> {
	let entered = 0;
	for (let call = 0; call < 200; call += 1) void window.enter().then(() => (entered += 1));
	for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
	return entered;
}

/** `count` requests one after the other, each answered without complaint. */
async function answered(window: AdaptiveWindow, count: number, startedAt = 1): Promise<void> {
	for (let call = 0; call < count; call += 1) {
		await window.enter();
		window.leave(startedAt, false);
	}
}

async function pushedBack(window: AdaptiveWindow, startedAt: number, pausedMs = 0): Promise<void> {
	await window.enter();
	window.leave(startedAt, true, pausedMs);
}

it('starts with ten', async () => {
	expect(await capacity(new AdaptiveWindow())).toBe(START_PARALLEL);
	expect(START_PARALLEL).toBe(10);
});

it('grows by one with each answer while the server is happy, never above 64', async () => {
	const window = new AdaptiveWindow();
	await answered(window, 7);
	const other = new AdaptiveWindow();
	await answered(other, 5000);
	expect(await capacity(window)).toBe(17);
	expect(await capacity(other)).toBe(64);
	expect(MAX_PARALLEL).toBe(64);
});

it('halves once for a burst of refusals, again for one that was sent after the halving', async () => {
	let now = 100;
	const window = new AdaptiveWindow(64, () => now);
	await answered(window, 30, 50);
	for (let call = 0; call < 15; call += 1) await pushedBack(window, 90);
	expect(await capacity(window)).toBe(20);

	now = 200;
	const again = new AdaptiveWindow(64, () => now);
	await pushedBack(again, 150);
	now = 300;
	await pushedBack(again, 250);
	expect(await capacity(again)).toBe(2);
});

it('never falls below one', async () => {
	let now = 0;
	const window = new AdaptiveWindow(64, () => now);
	for (let call = 0; call < 20; call += 1) {
		now += 10;
		await pushedBack(window, now - 1);
	}
	expect(await capacity(window)).toBe(1);
});

it('grows slowly after the first refusal: one a round, not one an answer', async () => {
	const window = new AdaptiveWindow(64, () => 100);
	await answered(window, 10, 50);
	await pushedBack(window, 90);
	await answered(window, 10, 150);
	expect(await capacity(window)).toBe(10);
	const longer = new AdaptiveWindow(64, () => 100);
	await answered(longer, 10, 50);
	await pushedBack(longer, 90);
	await answered(longer, 11, 150);
	expect(await capacity(longer)).toBe(11);
});

it('lets the queue in as places come free, in order', async () => {
	const window = new AdaptiveWindow(2);
	const order: number[] = [];
	for (const call of [1, 2, 3, 4]) void window.enter().then(() => order.push(call));
	await Promise.resolve();
	await Promise.resolve();
	expect(order).toEqual([1, 2]);
	window.leave(0, false);
	await Promise.resolve();
	await Promise.resolve();
	expect(order).toEqual([1, 2, 3]);
});

it('tells everybody to pause until the latest time that the server named', async () => {
	let now = 1000;
	const window = new AdaptiveWindow(64, () => now);
	expect(window.pauseMs()).toBe(0);
	await pushedBack(window, 900, 5000);
	await pushedBack(window, 900, 2000);
	expect(window.pauseMs()).toBe(5000);
	now = 4000;
	expect(window.pauseMs()).toBe(2000);
	now = 7000;
	expect(window.pauseMs()).toBe(0);
});

it.each([
	[undefined, 10, 64],
	[1, 1, 1],
	[20, 10, 20],
	['20', 10, 20],
	[20.7, 10, 20],
	[0, 1, 1],
	[-5, 1, 1],
	[1000, 10, 64],
	[Infinity, 10, 64],
	['many', 10, 64],
	[{}, 10, 64],
])('takes %j as the cap: starts with %i, ends with %i', async (max, first, last) => {
	expect(await capacity(new AdaptiveWindow(max))).toBe(first);
	const window = new AdaptiveWindow(max);
	await answered(window, 200);
	expect(await capacity(window)).toBe(last);
});
