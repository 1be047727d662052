import { testDecision } from '../../../../nodes/Spakinect/trigger/webhook/registration/testUrl';
import { productionUrlFrom } from '../../../../nodes/Spakinect/trigger/webhook/registration/unregister';

describe('testDecision: may "Listen for test event" take the one URL over?', () => {
	it.each([
		['stagingOnly', 'production', 'refuse'],
		['stagingOnly', 'staging', 'register'],
		['stagingOnly', 'custom', 'register'],
		['always', 'production', 'register'],
		['never', 'production', 'listenOnly'],
		['never', 'staging', 'listenOnly'],
	] as const)('%s with %s: %s', (policy, environment, expected) => {
		expect(testDecision(policy, environment)).toBe(expected);
	});
});

describe('productionUrlFrom', () => {
	it.each([
		['https://n8n.example/webhook-test/abc/webhook', 'https://n8n.example/webhook/abc/webhook'],
		[
			'https://example.com/n8n/webhook-test/abc/webhook',
			'https://example.com/n8n/webhook/abc/webhook',
		],
		['https://n8n.example/webhook/abc/webhook', undefined],
		['https://n8n.example/my-test-hooks/abc/webhook', undefined],
		['https://n8n.example/webhook-test/webhook-test/x', undefined],
		['', undefined],
	])('%s', (testUrl, expected) => expect(productionUrlFrom(testUrl)).toBe(expected));
});
