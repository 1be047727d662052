import { getVisit } from '../getVisit';
import { BOTH_KEYS } from '../operation';

export const get = getVisit('an at-home visit', BOTH_KEYS);
