import { randomUUID } from 'node:crypto';
import { failureOf, hasEnded, itemsOf } from '../../../../sandbox/n8n/client.mts';
import { until } from '../../../../sandbox/n8n/until.mts';
import type { ActionWorld } from '../../support/action.mts';
import { AT_HOME, booking, fromItem } from '../../support/actionData.mts';
import { runAction, runWorkflow, type ActionRun, type Json } from '../../support/actionRun.mts';
import { node } from '../../support/workflows.mts';

const POSTS = { method: 'POST', path: '/appointments' };
/** Without the search for an open visit, so that nothing but the record of the node protects the patient. */
const CREATE = { ...AT_HOME, onExisting: 'create' };
const refusedOnce = { match: POSTS, kind: 'status', status: 400, times: 1 } as const;

/** n8n's Retry button, and sub-workflows that n8n starts again: nobody is contacted twice because of them. */
export const describeRetryButton = (world: () => ActionWorld): void => {
	/** Who was emailed, and the visits by patient. */
	const contacted = async () => {
		const contacts = await world().control.contacts();
		return contacts
			.filter(({ channel }) => channel === 'email')
			.map(({ to }) => to.replace(/^nathan\.|@.*$/g, ''))
			.sort();
	};
	const created = async () =>
		(await world().control.state()).visits
			.filter(({ created_by }) => created_by)
			.map(({ gfe_id }) => gfe_id);
	/** Runs to the failure, then presses Retry. */
	const failAndRetry = async (run: ActionRun) => {
		const { execution } = await runAction(world(), run);
		expect(execution.status).toBe('error');
		return { execution, retried: await retry(execution.id) };
	};
	const retry = async (executionId: string, loadWorkflow = false) => {
		const { client } = world();
		const id = await client.retryExecution(executionId, loadWorkflow);
		return await until('the retry ends', 90_000, async () => {
			const execution = await client.execution(id);
			return hasEnded(execution) ? execution : undefined;
		});
	};
	const resultsOf = (execution: Parameters<typeof itemsOf>[0]) =>
		itemsOf(execution, 'Spakinect').map(({ json }) => json);

	it('what was created comes back, and the rest is created', async () => {
		await world().control.faults({ ...refusedOnce, skip: 2 });
		const items = ['a', 'b', 'c', 'd'].map((tag) => booking(tag));
		const { execution, retried } = await failAndRetry({ parameters: CREATE, items });
		expect(failureOf(execution)).toContain('item 1: GFE');
		expect(retried.status).toBe('success');
		expect(await contacted()).toEqual(['a', 'b', 'c', 'd']);
		const ids = await created();
		expect(resultsOf(retried)).toMatchObject(ids.map((gfe_id) => ({ gfe_id, created: true })));
	});

	it('also in a retry of the retry, and in a second retry of the first', async () => {
		const items = [booking('a'), booking('b'), booking('c', { phone: '12' }), booking('d')];
		const { execution, retried } = await failAndRetry({ parameters: CREATE, items });
		expect(retried.status).toBe('error');
		expect((await retry(retried.id)).status).toBe('error');
		expect((await retry(execution.id)).status).toBe('error');
		expect(await contacted()).toEqual(['a', 'b']);
	});

	it('a second retry of the first knows what the first retry created', async () => {
		await world().control.faults({ ...refusedOnce, skip: 1, times: 1 });
		const items = [booking('a'), booking('b'), booking('c', { phone: '12' })];
		const { execution, retried } = await failAndRetry({ parameters: CREATE, items });
		expect(retried.status).toBe('error');
		expect(await contacted()).toEqual(['a', 'b']);
		expect((await retry(execution.id)).status).toBe('error');
		expect(await contacted()).toEqual(['a', 'b']);
	});

	it('with Retry On Fail as well', async () => {
		await world().control.faults({ ...refusedOnce, skip: 1, times: 2 });
		const items = ['a', 'b', 'c'].map((tag) => booking(tag));
		const settings = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		const { retried } = await failAndRetry({ parameters: CREATE, items, settings });
		expect(retried.status).toBe('success');
		expect(await contacted()).toEqual(['a', 'b', 'c']);
	});

	it('with the current workflow, after its mapping was mended', async () => {
		const items = [booking('a'), booking('b', { phone: '12', mobile: '(202) 555-0199' })];
		const run = { parameters: CREATE, items };
		const { execution, workflowId } = await runAction(world(), run);
		const { nodes } = runWorkflow(world(), {
			...run,
			parameters: { ...CREATE, phone: '={{ $json.mobile ?? $json.phone }}' },
		});
		await world().client.updateWorkflow(workflowId, { nodes });
		const retried = await retry(execution.id, true);
		expect(retried.status).toBe('success');
		expect(await contacted()).toEqual(['a', 'b']);
	});

	it('an in-person visit comes back with its link', async () => {
		const match = { method: 'POST', path: '/in-person' };
		await world().control.faults({ match, kind: 'status', status: 400, times: 1, skip: 1 });
		const parameters = {
			...{ resource: 'inPersonVisit', operation: 'create', locationId: 'loc_downtown' },
			...{ dateOfBirth: '1990-04-25', ...fromItem('firstName', 'lastName', 'treatments') },
			onExisting: 'create',
		};
		const { retried } = await failAndRetry({ parameters, items: [booking('a'), booking('b')] });
		expect(await created()).toHaveLength(2);
		expect(resultsOf(retried)[0]?.visit_link).toMatch(/^http/);
	});

	it('a create in doubt is looked for, and not sent again', async () => {
		await world().control.faults({ match: POSTS, kind: 'drop_after', times: 1 });
		const { retried } = await failAndRetry({ parameters: CREATE, items: [booking('a')] });
		expect(retried.status).toBe('success');
		const [gfe_id] = await created();
		expect(resultsOf(retried)).toMatchObject([{ gfe_id, created: false }]);
		expect(await contacted()).toEqual(['a']);
	});

	it('a create in doubt that never arrived is sent by the retry', async () => {
		await world().control.faults({ match: POSTS, kind: 'drop_before', times: 1 });
		const { retried } = await failAndRetry({ parameters: CREATE, items: [booking('a')] });
		expect(resultsOf(retried)).toMatchObject([{ created: true }]);
		expect(await contacted()).toEqual(['a']);
	});

	it('a Client key cannot look for it, so its retry sends nothing', async () => {
		await world().control.faults({ match: POSTS, kind: 'drop_after', times: 1 });
		const run: ActionRun = { parameters: AT_HOME, items: [booking('a')], key: 'client' };
		const { retried } = await failAndRetry(run);
		expect(failureOf(retried)).toMatch(/first try of this item may have created/);
		expect(await contacted()).toEqual(['a']);
	});

	it('the record holds IDs, and nothing about the patient', async () => {
		const items = [booking('a'), booking('b', { phone: '12' })];
		const { execution } = await runAction(world(), { parameters: CREATE, items });
		const stored = await world().client.storedText(execution.id);
		const record = /"creates"[\s\S]{0,400}/.exec(stored)?.[0];
		expect(record).toBeDefined();
		expect(record).not.toMatch(/nathan|smith|555/i);
	});

	it.each([
		['create', ['a', 'a']],
		['return', ['a']],
	])(
		'the same booking in a new execution follows If an Open Visit Exists: %s',
		async (mode, all) => {
			const run = { parameters: { ...AT_HOME, onExisting: mode }, items: [booking('a')] };
			await runAction(world(), run);
			await runAction(world(), run);
			expect(await contacted()).toEqual(all);
		},
	);

	describe('a sub-workflow whose caller has Retry On Fail', () => {
		const callSub = async (mode: 'once' | 'each', items: Json[]) => {
			const start = 'n8n-nodes-base.executeWorkflowTrigger';
			const sub = runWorkflow(world(), { parameters: CREATE });
			const child = await world().client.createWorkflow({
				...sub,
				nodes: [
					node('Start', start, { inputSource: 'passthrough' }, { typeVersion: 1.1 }),
					...sub.nodes.filter(({ name }) => name === 'Spakinect'),
				],
				connections: { Start: { main: [[{ node: 'Spakinect', type: 'main', index: 0 }]] } },
			});
			await world().client.publish(child.id);
			const parent = runWorkflow(world(), { parameters: {}, items });
			const call = node(
				'Spakinect',
				'n8n-nodes-base.executeWorkflow',
				{ workflowId: { __rl: true, mode: 'id', value: child.id }, mode, options: {} },
				{ typeVersion: 1.2, retryOnFail: true, maxTries: 3, waitBetweenTries: 10 },
			);
			const { id } = await world().client.createWorkflow({
				...parent,
				name: `Parent ${randomUUID()}`,
				nodes: [...parent.nodes.filter(({ name }) => name !== 'Spakinect'), call],
			});
			let calls = 0;
			const run = async () => {
				const { executionId } = await world().client.run(id, {
					triggerToStartFrom: { name: 'Start' },
				});
				calls += 1;
				await world().client.waitForExecution(id, { count: calls });
				return await world().client.execution(executionId ?? '');
			};
			return { run };
		};

		it.each(['once', 'each'] as const)('run %s', async (mode) => {
			await world().control.faults({ ...refusedOnce, skip: 2 });
			const { run } = await callSub(
				mode,
				['a', 'b', 'c'].map((tag) => booking(tag)),
			);
			const execution = await run();
			expect(execution.error).toBeUndefined();
			expect(await contacted()).toEqual(['a', 'b', 'c']);
			expect(resultsOf(execution).map(({ gfe_id }) => gfe_id)).toEqual(await created());
		});

		it.each([
			['drop_after', 1],
			['drop_before', 0],
		] as const)('a create in doubt (%s) is not sent by the retries', async (kind, visits) => {
			await world().control.faults({ match: POSTS, kind, times: 1 });
			const { run } = await callSub('once', [booking('a')]);
			const execution = await run();
			expect(await created()).toHaveLength(visits);
			if (visits === 0) expect(failureOf(execution)).toMatch(/first try of this item may have/);
			else expect(resultsOf(execution)).toMatchObject([{ created: false }]);
		});

		it('the same booking twice in one call is two, and so it is in another execution', async () => {
			const { run } = await callSub('once', [booking('a'), booking('a')]);
			await run();
			expect(await contacted()).toEqual(['a', 'a']);
			await run();
			expect(await contacted()).toEqual(['a', 'a', 'a', 'a']);
		});
	});
};
