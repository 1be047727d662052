import { Sender } from '../../../nodes/Spakinect/transport/sender';

/**
 * Makes every wait of the node a hundred times shorter in this file or describe block: between attempts,
 * and as long as a Retry-After asks for. How long they are: test/unit/transport.
 */
export function shortenWaits(): void {
	const { wait } = Sender.prototype;
	let spy: jest.SpyInstance;
	beforeAll(() => {
		spy = jest.spyOn(Sender.prototype, 'wait').mockImplementation(async function (
			this: Sender,
			ms: number,
		) {
			await wait.call(this, ms / 100);
		});
	});
	afterAll(() => spy.mockRestore());
}
