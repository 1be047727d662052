import {
	failureOf,
	isStopped,
	toNodeApiError,
	toStoppedError,
	toTaskError,
} from '../../../nodes/Spakinect/transport/errors';
import type { ApiRequest } from '../../../nodes/Spakinect/transport/failure';
import {
	networkFailure,
	refusedFailure,
	statusFailure,
	unreadableFailure,
} from '../../../nodes/Spakinect/transport/failure';
import { networkOutcome } from '../../../nodes/Spakinect/transport/attempt';

const read: ApiRequest = { method: 'GET', path: '/visits/v1' };
const list: ApiRequest = { method: 'GET', path: '/gfes/loc_1' };
const create: ApiRequest = { method: 'POST', path: '/appointments', creates: true };
const answer = (status: number, body: unknown = {}) => ({ status, headers: {}, body });

describe('one text and one advice for each status', () => {
	it.each([
		[302, read, /redirect.*not followed/, /Base URL/],
		[400, create, /did not accept the request/, /dates, phone and treatments/],
		[401, read, /does not accept the API key/, /credential/],
		[403, read, /no access to this location or GFE/, /Edit Location > EMR System/],
		[404, read, /GFE not found/, /GFE ID/],
		[404, list, /Location not found/, /Location ID/],
		[408, read, /timed out/, /later/],
		[409, create, /conflict/, /portal/],
		[422, read, /refused the request/, /values/],
		[429, read, /too many requests/, /Max Parallel Requests/],
		[500, read, /not available/, /later/],
		[503, list, /not available/, /later/],
	])('%i %j', (status, request, message, advice) => {
		const failure = statusFailure(request, answer(status, { success: false }));
		expect(failure.message).toMatch(message);
		expect(failure.message).toContain(`(${status})`);
		expect(failure.advice).toMatch(advice);
		expect(failure.status).toBe(status);
	});

	it('puts the sentence for a documented message in front of the advice', () => {
		const body = { success: false, error: 'Bad Request', message: 'phone is required' };
		expect(statusFailure(create, answer(400, body)).advice).toMatch(/'Phone'\. Check/);
	});
});

describe('a refusal by a proxy or firewall is not told as that of Spakinect', () => {
	const by = (status: number, body: unknown, headers = {}) =>
		statusFailure(list, { status, headers, body }).message;

	it.each([
		[407, { success: false, error: 'EMR is not authorized for this location' }],
		[407, ''],
		[403, '<html>Blocked</html>'],
		[403, ''],
		[403, undefined],
		[403, null],
		[403, []],
		[403, { error: 'blocked by policy' }],
		[403, { message: 'Access denied by your administrator' }],
	])('%i %j', (status, body) => {
		expect(by(status, body)).toMatch(/proxy or firewall/);
	});

	it.each([
		[403, { success: false, error: 'EMR is not authorized for this location' }],
		[403, { success: false }],
		[403, { error: 'Client is not authorized for this GFE' }],
		[401, 'Unauthorized'],
		[404, '<html>'],
	])('but %i %j is', (status, body) => {
		expect(by(status, body, { via: '1.1 google' })).not.toMatch(/proxy or firewall/);
	});

	it('and a create that it refused is not in doubt', () => {
		const blocked = { status: 407, headers: {}, body: '' };
		expect(statusFailure(create, blocked).uncertain).toBe(false);
	});
});

describe('a create is unsure exactly where it may have been carried out', () => {
	it.each([
		[301, false],
		[302, true],
		[303, true],
		[307, false],
		[400, false],
		[401, false],
		[403, false],
		[404, false],
		[408, true],
		[409, false],
		[429, false],
		[500, true],
		[502, true],
		[503, true],
		[504, true],
	])('status %i: %s', (status, uncertain) => {
		const failure = statusFailure(create, answer(status));
		expect(failure.uncertain).toBe(uncertain);
		expect(failure.message.includes('visit may have been created')).toBe(uncertain);
		expect(failure.advice.includes('before you run this item again')).toBe(uncertain);
		expect(statusFailure(read, answer(status)).uncertain).toBe(false);
	});

	it.each([
		[{ code: 'ECONNREFUSED' }, false, /refused/],
		[{ code: 'EHOSTUNREACH' }, false, /no route/],
		[{ code: 'ENETUNREACH' }, false, /no route/],
		[{ code: 'EHOSTUNREACH', cause: { syscall: 'read' } }, true, /ended before the answer came/],
		[{ code: 'ENOTFOUND' }, false, /host name is unknown/],
		[{ code: 'EAI_AGAIN' }, false, /could not be looked up/],
		[{ code: 'ECONNABORTED' }, true, /did not answer in time/],
		[{ code: 'ETIMEDOUT' }, true, /did not answer in time/],
		[{ code: 'ETIMEDOUT', syscall: 'connect' }, false, /did not answer in time/],
		[{ code: 'ECONNRESET' }, true, /ended before the answer came/],
		[{ code: 'ECONNRESET', syscall: 'read' }, true, /ended before the answer came/],
		[{ code: 'ECONNRESET', syscall: 'connect' }, false, /could not be reached/],
		[{ code: 'EPIPE', syscall: 'write' }, true, /ended before the answer came/],
		[{ code: 'EPROTO', syscall: 'write' }, false, /encrypted connection/],
		[{ code: 'CERT_HAS_EXPIRED' }, false, /certificate is not trusted/],
		[{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, false, /certificate is not trusted/],
		[{ code: 'SELF_SIGNED_CERT_IN_CHAIN' }, false, /certificate is not trusted/],
		[{ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, false, /certificate is not trusted/],
		[{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, false, /certificate is not trusted/],
		[{}, true, /ended before the answer came/],
		['not an object', true, /ended before the answer came/],
	])('network %j: %s', (thrown, uncertain, message) => {
		const failure = networkFailure(create, networkOutcome(thrown));
		expect(failure.uncertain).toBe(uncertain);
		expect(failure.message).toMatch(message);
		expect(failure.status).toBeUndefined();
		expect(networkFailure(read, networkOutcome(thrown)).uncertain).toBe(false);
	});

	it.each(['', undefined, null])('an empty answer %j', (body) => {
		const failure = unreadableFailure(create, { status: 201, headers: {}, body });
		expect(failure.message).toMatch(/empty answer/);
		expect(failure.uncertain).toBe(true);
	});

	it('an answer of another kind', () => {
		const failure = unreadableFailure(create, answer(200, '<html>Nathan</html>'));
		expect(failure.message).toMatch(/not in the form/);
		expect(failure.uncertain).toBe(true);
		expect(JSON.stringify(failure)).not.toContain('Nathan');
	});

	it('success: false is a clear no', () => {
		const body = { success: false, error: 'No valid treatments found' };
		const failure = refusedFailure(create, answer(200, body));
		expect(failure.uncertain).toBe(false);
		expect(failure.advice).toMatch(/treatments/);
		expect(refusedFailure(create, answer(200)).advice).toBe('Try again later.');
	});

	it.each([{ gfe_id: 'x' }, { visit_id: 7 }])('unless it names a visit: %j', (named) => {
		const body = { success: false, error: 'No valid treatments found', ...named };
		const failure = refusedFailure(create, answer(201, body));
		expect(failure.uncertain).toBe(true);
		expect(failure.advice).toMatch(/treatments.*before you run this item again/);
		expect(refusedFailure(read, answer(200, body)).uncertain).toBe(false);
	});
});

describe('what an operation decides on', () => {
	it.each([
		[400, { error: 'Bad Request', message: 'DoB must be in mm/dd/yyyy format' }, 'date'],
		[400, { error: 'Invalid date' }, 'date'],
		[400, { message: 'Quillon "Vanterpool" born 11/23/1987: dob has not the pattern' }, 'date'],
		[400, 'Invalid date of birth', 'date'],
		[400, { message: 'No valid treatments found for the requested treatment names' }, undefined],
		[400, { message: 'Missing updated field' }, undefined],
		[400, null, undefined],
		[400, { message: { dob: 1 } }, undefined],
		[403, { message: 'EMR is not authorized for this date' }, undefined],
		[500, { message: 'Invalid date' }, undefined],
	])('%i %j: %s', (status, body, reason) => {
		const failure = statusFailure(create, answer(status, body));
		expect(failure.reason).toBe(reason);
		expect(JSON.stringify(failure)).not.toMatch(/Quillon|1987/);
	});

	it('is not stored with the error', () => {
		const node = {
			id: 'n',
			name: 'N',
			type: 't',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		};
		const failure = statusFailure(create, answer(400, { message: 'Invalid date' }));
		expect(Object.keys(toNodeApiError(node as never, failure))).not.toContain('reason');
	});
});

describe('the error that n8n stores', () => {
	const node = { id: 'n', name: 'N', type: 't', typeVersion: 1, position: [0, 0], parameters: {} };

	it('has text, advice, status and item, and the failure only beside it', () => {
		const failure = { status: 404, message: 'What (404)', advice: 'Do this', uncertain: false };
		const error = toNodeApiError(node as never, failure, 3);
		expect(error).toMatchObject({ message: 'What (404)', description: 'Do this', httpCode: '404' });
		expect(error.context.itemIndex).toBe(3);
		expect(failureOf(error)).toBe(failure);
		expect(JSON.stringify(error)).not.toContain('uncertain');
	});

	it('can be about the larger task that failed, with the same advice and status', () => {
		const failure = { status: 404, message: 'What (404)', advice: 'Do this', uncertain: false };
		const error = toTaskError(
			node as never,
			'Not registered',
			toNodeApiError(node as never, failure),
		);
		expect(error).toMatchObject({
			message: 'Not registered: What (404)',
			description: 'Do this',
			httpCode: '404',
		});
		expect(toTaskError(node as never, 'Not registered', undefined).message).toBe(
			'Not registered: unknown reason',
		);
	});

	it('tells a stop from a failure', () => {
		expect(isStopped(toStoppedError(node as never))).toBe(true);
		expect(isStopped(new Error('The execution was stopped'))).toBe(false);
		expect(failureOf(new Error('x'))).toBeUndefined();
		expect(failureOf('x')).toBeUndefined();
	});
});
