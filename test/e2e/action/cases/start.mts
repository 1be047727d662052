import type { ActionWorld } from '../../support/action.mts';
import { emrData } from '../../support/world.mts';
import { AT_HOME, booking } from '../../support/actionData.mts';
import { runAction, type ActionRun, type Json } from '../../support/actionRun.mts';

/** What an item may look like that an earlier node made: n8n passes it on as our result if the node throws. */
const TEMPTING = { cleared: true, created: true, gfe_id: 'gfe-of-an-earlier-node' };
const CHECK: Json = {
	...{ resource: 'gfe', operation: 'checkClearance', locationId: 'loc_downtown' },
	...{ firstName: 'Nathan', lastName: 'Smith', email: 'n@patients.example', treatments: ['Botox'] },
};
const CANCEL: Json = { resource: 'atHomeVisit', operation: 'cancel', gfeId: 'gfe-open' };

interface StartCase {
	name: string;
	run: Omit<ActionRun, 'items'>;
	message: RegExp;
	/** A credential for this case alone. */
	credential?(): Promise<Pick<ActionRun, 'credentials' | 'saved'>>;
}

/** A node that can't start, with each of n8n's settings that go on: every item is an error. */
export const describeStart = (world: () => ActionWorld): void => {
	const withData = async (data: object) => {
		const id = await world().client.createCredential('EMR of a case', 'spakinectApi', data);
		return { id, credentials: { spakinectApi: { id, name: 'EMR of a case' } } };
	};
	/** One that is deleted after the workflow was saved with it. */
	const deleted = async () => {
		const { id, credentials } = await withData(emrData(world().simulator));
		return { credentials, saved: () => world().client.deleteCredential(id) };
	};
	const unsafe = () =>
		withData({ ...emrData(world().simulator), baseUrl: 'http://api.example.com' });

	const cases: StartCase[] = [
		{
			name: 'a deleted credential, on a read',
			run: { parameters: CHECK },
			credential: deleted,
			message: /can't open its credential/,
		},
		{
			name: 'a deleted credential, on a write',
			run: { parameters: AT_HOME },
			credential: deleted,
			message: /can't open its credential/,
		},
		{
			name: 'no credential',
			run: { parameters: CHECK, credentials: {} },
			message: /can't open its credential/,
		},
		{
			name: 'a base URL that is not encrypted',
			run: { parameters: CHECK },
			credential: unsafe,
			message: /'Base URL'/,
		},
		{
			name: 'a Client key on an EMR operation',
			run: { parameters: CANCEL, key: 'client' },
			message: /needs an EMR API key/,
		},
		{
			name: 'an operation that does not exist',
			run: { parameters: { resource: 'gfe', operation: 'nonsense' } },
			message: /'Operation'/,
		},
		{
			name: 'the Custom API Call of n8n',
			run: { parameters: { resource: 'gfe', operation: '__CUSTOM_API_CALL__' } },
			message: /'Operation'/,
		},
		{
			name: 'a resource that does not exist',
			run: { parameters: { resource: 'nonsense', operation: 'get' } },
			message: /'Operation'/,
		},
	];
	const items = ['a', 'b', 'c'].map((tag) => ({ ...booking(tag), ...TEMPTING }));

	describe.each(cases)('$name', ({ run: fixed, message, credential }) => {
		const runOf = async () => ({ ...fixed, ...(await credential?.()) });

		it.each(['continueRegularOutput', 'continueErrorOutput'])('%s', async (onError) => {
			const run = { ...(await runOf()), items, settings: { onError } };
			const result = await runAction(world(), run);
			const [good, bad] = [result.items, result.failed];
			const errors = onError === 'continueErrorOutput' ? bad : good;
			if (onError === 'continueErrorOutput') expect(good).toEqual([]);
			expect(errors.map(({ json }) => json)).toEqual(
				items.map(() => ({ error: expect.stringMatching(message) })),
			);
			expect(errors.every(({ error }) => error !== undefined)).toBe(true);
			expect(result.pairs).toEqual(['a', 'b', 'c']);
			expect(await world().control.calls()).toEqual([]);
		});

		it('stopWorkflow', async () => {
			const result = await runAction(world(), { ...(await runOf()), items });
			expect(result.execution.status).toBe('error');
			expect(result.execution.error?.message).toMatch(message);
			expect(result.items).toEqual([]);
		});
	});
};
