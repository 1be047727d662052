import type { INodeProperties } from 'n8n-workflow';
import type { KeyKind } from '../../transport/credential';
import type { Item } from '../operation';
import { optionChoice, readChoice } from '../choices';
import { readCollection } from '../parameters';

export const ON_EXISTING_FIELD = 'If an Open Visit Exists';

const MODES = ['create', 'return', 'error'] as const;
type OnExisting = (typeof MODES)[number];

/** A Client key can't see open visits, so a default that looks for them would promise too much. */
const DEFAULTS: Record<KeyKind, OnExisting> = { emr: 'return', client: 'create' };

const choice: INodeProperties = {
	displayName: ON_EXISTING_FIELD,
	name: 'onExisting',
	type: 'options',
	options: [
		{
			name: 'Return the Existing',
			value: 'return',
			description:
				'Creates nothing and returns its GFE ID. Spakinect does not give the link of an in-person visit again.',
		},
		{
			name: 'Stop With an Error',
			value: 'error',
			description: 'Creates nothing and names its GFE ID',
		},
		{
			name: 'Create Another',
			value: 'create',
			description: 'Does not look for one, and contacts the patient again',
		},
	],
	default: 'create',
};

const DESCRIPTIONS: Record<KeyKind, string> = {
	emr: 'What to do if the same person has an open visit that covers the treatments, for example after a second run',
	client:
		"A Client API key can't see open visits. The other choices find only visits that the same run of the node created.",
};

/** The field for a kind of key. An operation has one for each of its keys, since the defaults differ. */
export const onExistingField = (kind: KeyKind): INodeProperties => ({
	...choice,
	default: DEFAULTS[kind],
	description: DESCRIPTIONS[kind],
	displayOptions: { show: { authentication: [kind] } },
});

/**
 * The option from before the choice became a field. Only workflows that have it show it. The condition's name
 * has no slash, because n8n drops an option whose condition looks at the whole node.
 */
export const savedOnExistingOption: INodeProperties = {
	...choice,
	description: 'Saved by an earlier version of the node. It replaces the field of the same name.',
	displayOptions: { show: { onExisting: [{ _cnd: { exists: true } }] } },
};

/**
 * The choice. A mistake in an expression must not contact a patient again, so it is an error.
 *
 * @throws InputError if it isn't one of the choices
 */
export function readOnExisting(item: Item): OnExisting {
	// A saved workflow has the option only, and n8n fills in the default of the field that it doesn't have.
	return 'onExisting' in readCollection(item, 'options')
		? optionChoice(item, 'onExisting', MODES)
		: readChoice(item, 'onExisting', MODES, DEFAULTS[item.api.kind]);
}
