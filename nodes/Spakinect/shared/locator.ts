import { isObject } from '../domain/json';

/**
 * The value inside a resource locator. Expressions and workflows from before the field was a locator have the
 * plain value.
 */
export const locatorValue = (value: unknown): unknown =>
	isObject(value) && 'mode' in value && 'value' in value ? value.value : value;
