export { readLocationIds } from '../shared/locationIds';
