import { Sender } from '../../../nodes/Spakinect/transport/sender';

/**
 * Makes every wait of the node a hundred times shorter in this file or describe block: the waits between
 * attempts and those of a Retry-After. test/unit/transport tests their real length.
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
