import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { succeeded, useSimulator } from '../support/world.mts';

/** The booking that the README sends, as n8n's Webhook node gives it to the node. */
const world = useSimulator();

const readme = readFileSync(join(process.cwd(), 'README.md'), 'utf8');
const sent = /curl -X POST [^\n]* -d '(\{[\s\S]*?\})'/.exec(readme)?.[1] ?? '';
const body = { ...(JSON.parse(sent) as IDataObject), location_id: 'loc_downtown' };

const FIELDS: Record<string, string> = {
	locationId: 'location_id',
	firstName: 'first_name',
	lastName: 'last_name',
	email: 'email',
	phone: 'phone',
	appointmentTime: 'appointment_time',
	treatments: 'treatments',
};
const parameters = {
	...Object.fromEntries(
		Object.entries(FIELDS).map(([field, key]) => [field, `={{ $json.body.${key} }}`]),
	),
	onExisting: 'return',
	options: { reference: '={{ $json.body.booking_id }}' },
};

it('becomes a GFE; sent again, it contacts nobody', async () => {
	const run = () => world.run('emr', 'atHomeVisit', 'create', parameters, { items: [{ body }] });
	const [first] = succeeded(await run());
	const treatments = ['Botox', 'Dermal Filler'];
	expect(first).toMatchObject({
		result: 'requested',
		reference: 'booking-4711',
		requested_treatments: treatments,
	});
	expect(await world.control.contacts()).toHaveLength(2);
	const [again] = succeeded(await run());
	expect(again).toMatchObject({ result: 'open_visit', gfe_id: first!.gfe_id });
	expect(await world.control.contacts()).toHaveLength(2);
	for (const { summary } of [first!, again!]) {
		expect(summary).toMatch(/^GFE \S+ (was requested|is already open) for Botox and Dermal Filler/);
		expect(summary).not.toMatch(/Ada|Example|415|0100/);
	}
});
