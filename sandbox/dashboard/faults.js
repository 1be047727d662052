import { byId, control, draw, make } from './dom.js';

/** The switches: name (also the data-testid), label, and the fault without its match. */
const presets = [
	['429-wait', '429 with Retry-After: 2', { kind: 'status', status: 429, retryAfter: '2' }],
	['429', '429 without Retry-After', { kind: 'status', status: 429 }],
	['503', '503 server error', { kind: 'status', status: 503 }],
	['slow', 'Slow: 3 seconds', { kind: 'delay', delayMs: 3000 }],
	['drop-before', 'Connection lost before the work', { kind: 'drop_before' }],
	['drop-after', 'Connection lost after the work', { kind: 'drop_after' }],
	['html', 'HTML instead of JSON (502)', { kind: 'html' }],
	['empty', 'Empty body', { kind: 'empty' }],
	['truncated', 'Body cut in half', { kind: 'truncated' }],
	['success-false', '200 with success: false', { kind: 'success_false' }],
	['two-at-once', 'At most 2 requests at a time', { kind: 'concurrency', max: 2 }],
];

const comparable = ({ kind, status, retryAfter, delayMs, max }) =>
	JSON.stringify([kind, status, retryAfter, delayMs, max]);
const isActive = (fault) => fault.times === undefined || fault.times > 0;

/** Shows the active faults, including those set through the control API. */
export function drawFaults(faults, act) {
	const known = presets.map(([name, label, fault]) => {
		const running = faults.find((one) => isActive(one) && comparable(one) === comparable(fault));
		return { name, label, fault, running };
	});
	const shown = known.map(({ name, running }) => [name, Boolean(running)]);
	draw('faults', shown, () =>
		known.map(({ name, label, fault, running }) => {
			const box = make('input', { type: 'checkbox', role: 'switch', testid: `fault-${name}` });
			box.checked = Boolean(running);
			box.addEventListener('change', () => act(() => toggle(fault, box.checked, label)));
			return make('li', {}, make('label', {}, box, label));
		}),
	);
	const own = new Set(known.map(({ running }) => running));
	const others = faults.filter((fault) => isActive(fault) && !own.has(fault)).length;
	const struck = faults.reduce((sum, fault) => sum + fault.struck, 0);
	const on = known.filter(({ running }) => running).length;
	const texts = on > 0 ? [`${on} on.`] : [];
	if (others > 0) texts.push(`${others} more set through the control API.`);
	if (struck > 0) texts.push(`${struck} ${struck === 1 ? 'request' : 'requests'} affected.`);
	byId('faults-note').textContent = texts.join(' ');
}

async function toggle(fault, on, label) {
	const { faults } = await control('GET', '/faults');
	const rest = faults
		.filter((one) => isActive(one) && comparable(one) !== comparable(fault))
		.map(({ struck: _struck, ...one }) => one);
	const times = byId('fault-times').value;
	const added = {
		...fault,
		match: { api: byId('fault-api').value },
		...(times && { times: Number(times) }),
	};
	await control('PUT', '/faults', { faults: on ? [...rest, added] : rest });
	return `${label}: ${on ? 'on' : 'off'}.`;
}
