import { WRONG_KEY, type ActionWorld } from '../../support/action.mts';
import { AT_HOME } from '../../support/actionData.mts';

/** The treatments drop-down, as the editor asks for it. */
export const describeTreatmentPicker = (world: () => ActionWorld): void => {
	const load = (key: 'emr' | 'client' | 'wrong', locationId: string | object) =>
		world().client.dynamicOptions({
			node: 'n8n-nodes-spakinect.spakinect',
			path: 'parameters.treatments',
			methodName: 'getTreatments',
			parameters: {
				...AT_HOME,
				authentication: key === 'client' ? 'client' : 'emr',
				locationId,
			},
			credentials: world().credentials[key],
		});

	it('shows the favorites of the location first, then the rest', async () => {
		const names = (await load('emr', 'loc_downtown')).map(({ name }) => name);
		const locator = {
			__rl: true,
			mode: 'list',
			value: 'loc_downtown',
			cachedResultName: 'Downtown',
		};
		expect((await load('emr', locator)).map(({ name }) => name)).toEqual(names);
		expect(names.slice(0, 3)).toEqual(['Botox', 'Dermal Filler', 'Laser Hair Removal']);
		expect(names.slice(3)).toEqual([...names.slice(3)].sort((a, b) => a.localeCompare(b)));
		expect(new Set(names).size).toBe(names.length);
		expect(names.length).toBeGreaterThan(25);
	});

	it.each([
		['emr', ''],
		['emr', '={{ $json.locationId }}'],
		['emr', 'loc_unknown'],
		['client', 'loc_downtown'],
	] as const)('shows the whole catalog with the %s key and the location "%s"', async (key, id) => {
		const options = await load(key, id);
		expect(options.length).toBeGreaterThan(25);
		expect(options.every(({ description }) => description === undefined)).toBe(true);
		expect(options[0]).toMatchObject({ name: 'Body Contouring', value: 'Body Contouring' });
	});

	it('the list of locations is the one in the credential', async () => {
		const search = (filter?: string) =>
			world().client.listSearch({
				node: 'n8n-nodes-spakinect.spakinect',
				path: 'parameters.locationId',
				methodName: 'getLocations',
				filter,
				parameters: { ...AT_HOME, authentication: 'emr' },
				credentials: world().credentials.emr,
			});
		expect(await search()).toEqual([
			{ name: 'Downtown', value: 'loc_downtown' },
			{ name: 'Uptown', value: 'loc_uptown' },
		]);
		expect(await search('up')).toEqual([{ name: 'Uptown', value: 'loc_uptown' }]);
	});

	it('says what to do about a wrong key, without the key', async () => {
		const failure = await load('wrong', '').then(
			() => 'it worked',
			(error: Error) => error.message,
		);
		expect(failure).toMatch(/does not accept the API key/);
		expect(failure).not.toContain(WRONG_KEY);
	});
};
