import { PATIENT, type ExamplesWorld } from '../support/examplesWorld.mts';
import { approved } from './visits.mts';

type World = () => ExamplesWorld;
const HOUR = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();

export const describeAudit = (world: World): void => {
	const run = () => world().runByHand('10-daily-clearance-audit.json', 'Every morning');
	const today = new Date().toISOString().slice(0, 10);
	const appointment = (booking_id: string, treatments: string[], changes: object = {}) => ({
		booking_id,
		...PATIENT,
		appointment_time: `${today}T18:00:00Z`,
		treatments,
		...changes,
	});

	it('files one list, and names only those on hold', async () => {
		const exam = approved('gfe-1', inHours(-48), ['Botox', 'Dermal Filler', 'Microneedling']);
		const decisions = { 'Dermal Filler': 'conditionally_approved', Microneedling: 'undecided' };
		await world().control.addVisits([{ ...exam, decisions: { ...exam.decisions, ...decisions } }]);
		world().crm.appointments = [
			appointment('b-ok', ['Botox']),
			appointment('b-partly', ['Botox', 'Dermal Filler', 'Microneedling']),
			appointment('b-never', ['IV Therapy']),
			appointment('b-who', ['Botox'], { email: '' }),
		];
		await run();
		const file = world().crm.sent(`PUT /documents/clearance-${today}.csv`)[0] as unknown as Buffer;
		const lines = file.toString('utf8').trim().split('\n');
		expect(
			lines.map((line) =>
				line
					.split(',')
					.filter((_, i) => i !== 1)
					.join(),
			),
		).toEqual([
			expect.stringMatching(/booking_id,result,reason,gfe_ids$/),
			'b-ok,cleared,,gfe-1',
			'b-partly,hold,Dermal Filler: conditionally approved; Microneedling: undecided,gfe-1 gfe-1 gfe-1',
			'b-never,hold,IV Therapy: never evaluated,',
			'b-who,hold,could not be checked,',
		]);
		expect(file.toString('utf8')).not.toMatch(/zebulon|quackenbush/i);
		expect(
			world()
				.tasks()
				.map(({ text }) => text),
		).toEqual([
			'Clearance audit: 3 of 4 appointments on hold. Do not treat yet: b-partly, b-never, b-who',
		]);
	});

	it('holds an appointment that says nothing of itself', async () => {
		world().crm.appointments = [{ patient: 'unknown' }];
		await run();
		expect(world().tasks()).toMatchObject([{ text: expect.stringMatching(/1 of 1 .* on hold/) }]);
	});

	it('says so when everybody is cleared, and when nobody comes', async () => {
		await world().control.addVisits([approved('gfe-1', inHours(-48), ['Botox'])]);
		world().crm.appointments = [appointment('b-ok', ['Botox'])];
		await run();
		world().crm.appointments = [];
		await run();
		expect(
			world()
				.tasks()
				.map(({ text }) => text),
		).toEqual([
			'Clearance audit: 0 of 1 appointments on hold. Everybody is cleared.',
			'Clearance audit: no appointments today.',
		]);
	});
};
