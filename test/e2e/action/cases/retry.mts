import { failureOf } from '../../../../sandbox/n8n/client.mts';
import type { ActionWorld } from '../../support/action.mts';
import { AT_HOME, booking, fromItem } from '../../support/actionData.mts';
import { runAction, type NodeSettings } from '../../support/actionRun.mts';

const RETRY: NodeSettings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 50 };
const BAD = { phone: '12' };
const CREATES = { method: 'POST', path: '/appointments' };

/** n8n's Retry On Fail runs the whole node again: nobody may be contacted twice because of it. */
export const describeRetry = (world: () => ActionWorld): void => {
	/** E-mails and texts by patient, and the creates that were sent. */
	const outcome = async () => {
		const { control } = world();
		const contacts = (await control.contacts()).map(({ channel, to }) => `${channel} ${to}`);
		const created = (await control.state()).visits.filter(({ created_by }) => created_by);
		const sent = (await control.calls()).filter((call) => call.startsWith('POST'));
		return { contacts: contacts.sort(), visits: created.length, sent: sent.length };
	};
	const contacted = (...tags: string[]) => ({
		contacts: tags
			.flatMap((tag) => [`email nathan.${tag}@patients.example`, 'text +12025550123'])
			.sort(),
		visits: tags.length,
		sent: tags.length,
	});

	const modes = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'];
	it.each(modes)('a bad item after finished creates, onError %s', async (onError) => {
		const items = [booking('a'), booking('b'), booking('c', BAD), booking('d')];
		const run = { parameters: AT_HOME, items, settings: { ...RETRY, onError } };
		const { execution, json } = await runAction(world(), run);
		const stops = onError === 'stopWorkflow';
		expect(execution.status).toBe(stops ? 'error' : 'success');
		expect(await outcome()).toEqual(stops ? contacted('a', 'b') : contacted('a', 'b', 'd'));
		const { visits } = await world().control.state();
		const ids = visits.filter(({ created_by }) => created_by).map(({ gfe_id }) => gfe_id);
		if (stops) for (const id of ids) expect(failureOf(execution)).toContain(`GFE ${id}`);
		else {
			const given = json.map(({ gfe_id }) => gfe_id).filter(Boolean);
			expect(given).toEqual(ids);
		}
	});

	it.each(modes.slice(1))('a bad item before good creates, onError %s', async (onError) => {
		const items = [booking('a', BAD), booking('b'), booking('c')];
		await runAction(world(), { parameters: AT_HOME, items, settings: { ...RETRY, onError } });
		expect(await outcome()).toEqual(contacted('b', 'c'));
	});

	it('a create that was refused for a moment is tried again, and finished ones are not', async () => {
		await world().control.faults({ match: CREATES, kind: 'status', status: 400, times: 1 });
		const items = [booking('a'), booking('b')];
		const run = { parameters: AT_HOME, items, settings: RETRY };
		const { execution } = await runAction(world(), run);
		expect(execution.status).toBe('success');
		// The refused request is the third.
		expect(await outcome()).toEqual({ ...contacted('a', 'b'), sent: 3 });
	});

	it.each(modes)('a create in doubt is not sent again, onError %s', async (onError) => {
		await world().control.faults({ match: CREATES, kind: 'drop_after', times: 1 });
		const items = [booking('a'), booking('b')];
		const run = { parameters: AT_HOME, items, settings: { ...RETRY, onError } };
		const { execution, items: done, failed } = await runAction(world(), run);
		const stops = onError === 'stopWorkflow';
		expect(await outcome()).toEqual(stops ? contacted('a') : contacted('a', 'b'));
		const error = stops ? execution.error : [...done, ...failed].find((item) => item.error)?.error;
		expect(error?.message).toMatch(/visit may have been created/);
	});

	it('an in-person visit in doubt is not sent again either', async () => {
		const match = { method: 'POST', path: '/in-person' };
		await world().control.faults({ match, kind: 'drop_after', times: 1 });
		const parameters = {
			...{ resource: 'inPersonVisit', operation: 'create', locationId: 'loc_downtown' },
			...{ dateOfBirth: '1990-04-25', ...fromItem('firstName', 'lastName', 'treatments') },
		};
		const run = { parameters, items: [booking('a')], settings: RETRY };
		expect(failureOf((await runAction(world(), run)).execution)).toMatch(/may have been created/);
		expect(await outcome()).toMatchObject({ visits: 1, sent: 1 });
	});

	it('a read is tried again, as the setting promises', async () => {
		const match = { method: 'GET', path: '/visits/' };
		await world().control.faults({ match, kind: 'status', status: 500, times: 2 });
		const parameters = { resource: 'atHomeVisit', operation: 'get', gfeId: 'gfe-open' };
		const { execution, json } = await runAction(world(), { parameters, settings: RETRY });
		expect(execution.status).toBe('success');
		expect(json).toMatchObject([{ gfe_id: 'gfe-open' }]);
		expect((await world().control.calls()).map((call) => call.slice(-3))).toEqual([
			'500',
			'500',
			'200',
		]);
	});
};
