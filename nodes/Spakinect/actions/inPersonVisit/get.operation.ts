import { getVisit } from '../getVisit';
import { EMR_ONLY } from '../operation';

export const get = getVisit('an in-person visit', EMR_ONLY);
