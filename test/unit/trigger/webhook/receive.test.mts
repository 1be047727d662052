import { ignoredBecause } from '../../../../nodes/Spakinect/trigger/webhook/deliveries/receive';

const EVENT = 'This event is not selected in the trigger';
const LOCATION = 'This location is not selected in the trigger';

describe('ignoredBecause', () => {
	it.each([
		['a chosen event', ['visit.completed'], [], 'l1', undefined],
		['another event', ['treatment.updated'], [], 'l1', EVENT],
		['any event', ['*'], [], 'l1', undefined],
		['no event chosen', [], [], 'l1', EVENT],
		['a chosen location', ['*'], ['l0', 'l1'], 'l1', undefined],
		['another location', ['*'], ['l0'], 'l1', LOCATION],
		['a location in other letters is another location', ['*'], ['L1'], 'l1', LOCATION],
		['no location named: better seen than lost', ['*'], ['l0'], undefined, undefined],
	])('%s', (_, events, locations, locationId, expected) => {
		expect(ignoredBecause({ event: 'visit.completed', locationId }, events, locations)).toBe(
			expected,
		);
	});
});
