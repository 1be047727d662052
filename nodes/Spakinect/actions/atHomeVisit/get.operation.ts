import { outputField } from '../../shared/output';
import { gfeIdField, maxParallelOption, optionsField } from '../fields';
import { BOTH_KEYS } from '../operation';
import type { Operation } from '../operation';
import { getVisit } from '../getVisit';

/** GET /visits/{gfe_id}. */
export const get: Operation = {
	value: 'get',
	name: 'Get',
	action: 'Get an at-home visit',
	description: 'Retrieve an at-home visit with its status and the decision on each treatment',
	keys: BOTH_KEYS,
	writes: false,
	fields: [gfeIdField, outputField, optionsField([maxParallelOption])],
	run: getVisit,
};
