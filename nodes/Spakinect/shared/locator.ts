import { isObject } from '../domain/json';

/**
 * What a resource locator holds. Workflows that were saved while the field was a text, and expressions, have
 * the plain value.
 */
export const locatorValue = (value: unknown): unknown =>
	isObject(value) && 'mode' in value && 'value' in value ? value.value : value;
