import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { VisitOutput } from '../domain/visit/visit';
import { shapeVisit } from '../domain/visit/shape';
import { readVisit } from '../domain/visit/visit';
import type { KeyKind } from '../transport/credential';
import { outputField, VISIT_OUTPUTS } from '../shared/fields';
import { gfeIdField } from './fields';
import type { Item, Operation, Result } from './operation';
import { readChoice } from './choices';
import { requiredText } from './parameters';

/**
 * The `output` parameter.
 *
 * @throws InputError if an expression returns anything else
 */
export const readOutput = (item: Item): VisitOutput => readChoice(item, 'output', VISIT_OUTPUTS);

/** For operations that return visits. */
export const COMPLETED_HINT =
	"The status Completed means that a provider has evaluated the exam. It isn't an approval: look at all_approved or at the decision on each treatment. To decide whether a patient may be treated, use Check Clearance.";

/** One visit in the chosen form. */
async function run(item: Item): Promise<Result[]> {
	const gfeId = requiredText(item, 'gfeId');
	const raw = await item.api.visit(gfeId);
	// An answer without an ID is still about this visit. Dropping it would lose the item.
	const output = readOutput(item);
	const named = output === 'raw' || readVisit(raw) ? raw : { ...raw, gfe_id: gfeId };
	return shapeVisit(named, output, { zone: item.zone }).map((shaped) => ({
		json: shaped as IDataObject,
	}));
}

/** Hidden, because a single read needs no options. Saved workflows may still set Max Parallel Requests in it. */
const savedOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'hidden',
	default: {},
};

/**
 * The operation Get of a kind of visit. Both kinds have the same endpoint, GET /visits/{gfe_id}.
 *
 * @param visit the kind with its article, such as "an at-home visit"
 */
export const getVisit = (visit: string, keys: readonly KeyKind[]): Operation => ({
	value: 'get',
	name: 'Get',
	action: `Get ${visit}`,
	description: `Retrieve ${visit} with its status and the decision on each treatment`,
	keys,
	writes: false,
	hint: COMPLETED_HINT,
	fields: [gfeIdField, outputField, savedOptions],
	run,
});
