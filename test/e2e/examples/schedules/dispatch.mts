import { failureOf, itemsOf } from '../../../../sandbox/n8n/client.mts';
import { until } from '../../../../sandbox/n8n/until.mts';
import { newVisit } from '../../support/recipeVisits.mts';
import { LOCATION, type RecipeWorld } from '../../support/recipeWorld.mts';
import { emrData } from '../../support/world.mts';

type World = () => RecipeWorld;

const FILE = '11-one-url-many-workflows.json';
const OF_LOCATION = '11-workflow-of-a-location.json';
const SECOND = 'loc_uptown';

/** What a person fills in: the second location, and which workflow each location has. */
const filledIn = (text: string, workflows: Record<string, string>): string =>
	Object.entries(workflows).reduce(
		(all, [placeholder, id]) => all.replaceAll(placeholder, id),
		text.replaceAll('your-second-location-id', SECOND),
	);

/** What the editor saves when a person pins data. */
const pinned = (items?: object[]): object => ({ pinData: items ? { 'Safety net': items } : {} });

export const describeDispatch = (world: World): void => {
	let id = '';
	let first = '';
	let second = '';
	beforeAll(async () => {
		const { client } = world();
		first = await world().publish(OF_LOCATION);
		const { nodes, connections, settings } = await client.workflow(first);
		const copy = { name: 'Uptown', nodes, connections, settings };
		second = (await client.importWorkflow(copy)).id;
		await client.publish(second);
		id = await world().import(FILE);
		const text = JSON.stringify((await client.workflow(id)).nodes);
		const workflows = { 'your-workflow-id': first, 'your-second-workflow-id': second };
		await client.updateWorkflow(id, { nodes: JSON.parse(filledIn(text, workflows)) });
	});
	beforeEach(async () => {
		// The reset has made Spakinect forget the URL, and n8n registers it only when it publishes.
		await world().client.unpublish(id);
		await world().client.publish(id);
		for (const location of [LOCATION, SECOND]) await world().subscribe(location);
	});
	afterAll(() => world().client.unpublish(id));

	const runsOf = async (workflow: string) => (await world().client.executions(workflow)).length;
	const statuses = async () =>
		Object.fromEntries((await world().bookings()).map((row) => [row.gfe_id, row.status]));
	const visitAt = (location_id: string) => newVisit(world(), ['Botox'], { location_id });
	const complete = (gfeId: string, decisions?: object) =>
		world().finished(id, () => world().control.complete(gfeId, decisions && { decisions }));
	/** Takes the table from a location's workflow, or gives it back. */
	const breakWorkflow = async (workflow: string, from: string, to: string) => {
		const { nodes } = await world().client.workflow(workflow);
		const text = JSON.stringify(nodes).replaceAll(from, to);
		await world().client.updateWorkflow(workflow, { nodes: JSON.parse(text) });
		await world().client.publish(workflow);
	};
	const TABLE = 'gfe_bookings';
	const GONE = 'gfe_gone';

	it('registers one URL, and gives each location’s workflow its own events', async () => {
		const runs = [await runsOf(first), await runsOf(second)];
		const [downtown, uptown] = [await visitAt(LOCATION), await visitAt(SECOND)];
		expect((await complete(downtown)).status).toBe('success');
		expect((await complete(uptown, { Botox: 'deferred' })).status).toBe('success');
		expect([await runsOf(first), await runsOf(second)]).toEqual(runs.map((n) => n + 1));
		expect(await statuses()).toEqual({ [downtown]: 'completed', [uptown]: 'completed' });
		expect(await world().bookings()).toMatchObject([
			{ gfe_id: downtown, location_id: LOCATION, all_approved: true },
			{ gfe_id: uptown, location_id: SECOND, all_approved: false },
		]);
		expect(world().slack()).toEqual([expect.stringMatching(`^GFE ${uptown} .*Deferred: Botox`)]);
	});

	it('leaves a canceled booking canceled when the other one of its exam is marked', async () => {
		const gfe_id = await visitAt(LOCATION);
		const rows = [{ booking_id: 'b-1', status: 'booking_cancelled' }, { booking_id: 'b-2' }];
		await world().client.insertRows('gfe_bookings', ...rows.map((row) => ({ ...row, gfe_id })));
		await complete(gfe_id, { Botox: 'deferred' });
		expect(await world().bookings()).toMatchObject([
			{ booking_id: 'b-1', status: 'booking_cancelled' },
			{ booking_id: 'b-2', status: 'completed', all_approved: false },
		]);
		expect(world().slack()).toHaveLength(1);
	});

	it('does nothing the second time the same event comes', async () => {
		const gfe = await visitAt(LOCATION);
		await complete(gfe, { Botox: 'deferred' });
		const runs = await runsOf(first);
		// The trigger takes no delivery twice. The poll brings the event again, and Remove Duplicates stops it.
		await world().deliver(gfe);
		const polled = await world().runByHand(FILE, 'Safety net');
		expect(itemsOf(polled, 'Safety net')).toHaveLength(1);
		expect(await runsOf(first)).toBe(runs);
		expect(await world().bookings()).toHaveLength(1);
		expect(world().slack()).toHaveLength(1);
	});

	it('keeps a decision that changed if the delivery of the old one comes late', async () => {
		const gfe = await visitAt(LOCATION);
		await world().control.complete(gfe, { deliver: false });
		const late = await world().deliveryOf(gfe);
		await world().setVisit(gfe, { decisions: { Botox: 'deferred' } });
		await world().runByHand(FILE, 'Safety net');
		await world().finished(id, () => world().send(late));
		expect(await world().bookings()).toMatchObject([{ gfe_id: gfe, all_approved: false }]);
	});

	it('tells staff of a location that has no workflow', async () => {
		const body = {
			event: 'visit.completed',
			timestamp: Date.now(),
			success: true,
			data: {
				gfe_id: 'gfe-elsewhere',
				location_id: 'elsewhere',
				status: 'Completed',
				requested_treatments: ['Botox'],
				approved_treatments: ['Botox'],
			},
		};
		const { apiKey } = emrData(world().simulator);
		await world().finished(id, () => world().control.deliver({ key: apiKey, body }));
		expect(world().slack()).toEqual([expect.stringMatching(/gfe-elsewhere .*"elsewhere"/)]);
		expect(await world().bookings()).toEqual([]);
	});

	describe('when the workflow of the first location fails', () => {
		beforeEach(() => breakWorkflow(first, TABLE, GONE));
		afterEach(() => breakWorkflow(first, GONE, TABLE));

		it('staff are told of the GFE, and Retry does what was missed', async () => {
			const gfe = await visitAt(LOCATION);
			expect((await complete(gfe)).status).toBe('success');
			const told = () =>
				world()
					.slack()
					.filter((text) => text.includes('Nobody has acted'));
			expect(told()).toEqual([expect.stringMatching(`^GFE ${gfe} .*${LOCATION}`)]);
			expect(await statuses()).toEqual({});
			const failed = (await world().client.executions(first)).at(-1)!;
			expect(failed.status).toBe('error');
			await breakWorkflow(first, GONE, TABLE);
			const retried = await world().client.retryExecution(failed.id, true);
			await until('the retry has ended', 90_000, async () => {
				const execution = await world().client.execution(retried);
				if (execution.status === 'error') throw new Error(failureOf(execution));
				return execution.status === 'success' ? true : undefined;
			});
			expect(await statuses()).toEqual({ [gfe]: 'completed' });
		});

		it('the events of the others are not lost, also if Slack is down', async () => {
			const event = (gfe_id: string, location_id: string) => ({
				json: {
					...{ event: 'visit.completed', event_id: `event of ${gfe_id}`, gfe_id, location_id },
					...{ status_group: 'completed', all_approved: true, evaluation_completed: null },
				},
			});
			const items = [event('g1', LOCATION), event('g2', SECOND), event('g3', 'elsewhere')];
			items.push(event('g4', LOCATION), event('g5', SECOND));
			// Five events in one poll, which a person can make with pinned data.
			await world().client.updateWorkflow(id, pinned(items));
			world().services.slack.fail('down');
			const runs = [await runsOf(first), await runsOf(second)];
			await world()
				.runByHand(FILE, 'Safety net')
				.catch(() => undefined);
			await world().client.updateWorkflow(id, pinned());
			expect(await statuses()).toEqual({ g2: 'completed', g5: 'completed' });
			expect([await runsOf(first), await runsOf(second)]).toEqual(runs.map((n) => n + 2));
		});
	});
};
