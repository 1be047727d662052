import type { INodeProperties } from 'n8n-workflow';
import { SpakinectTrigger } from '../../../../nodes/Spakinect/SpakinectTrigger.node';

const { description } = new SpakinectTrigger();
const property = (name: string): INodeProperties =>
	description.properties.find((one) => one.name === name)!;

it('the message at publishing promises nothing and gives no instruction of one kind of key', () => {
	const { activationMessage } = description;
	expect(activationMessage).toEqual(expect.any(String));
	expect(activationMessage).not.toMatch(/portal|paste|client|you will|will see|now receives/i);
	expect(activationMessage).toMatch(/error/);
});

it('offers the events that Spakinect sends, and any event', () => {
	const values = (property('events').options ?? []).map((one) => 'value' in one && one.value);
	expect(values).toEqual(['visit.completed', '*']);
});

it('has its switches on where something unsafe would happen without them', () => {
	const options = (property('options').options ?? []) as INodeProperties[];
	expect(Object.fromEntries(options.map((one) => [one.name, one.default]))).toEqual({
		alwaysFetch: false,
		onlySelectedLocations: true,
		refetchIncomplete: true,
		registerTestUrl: 'stagingOnly',
		requireSignature: true,
		restoreProductionUrl: true,
		skipRepeats: true,
	});
});
