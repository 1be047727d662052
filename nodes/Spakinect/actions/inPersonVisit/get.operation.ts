import { outputField } from '../../shared/output';
import { gfeIdField, maxParallelOption, optionsField } from '../fields';
import { EMR_ONLY } from '../operation';
import type { Operation } from '../operation';
import { getVisit } from '../getVisit';

/** GET /visits/{gfe_id}. */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get an in-person visit',
	description: 'Retrieve an in-person visit with its status and the decision on each treatment',
	keys: EMR_ONLY,
	writes: false,
	fields: [gfeIdField, outputField, optionsField([maxParallelOption])],
	run: getVisit,
};
