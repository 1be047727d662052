import { byId, control, draw, make } from './dom.js';
import { wireExam } from './exam.js';
import { drawFaults } from './faults.js';
import { deliveryRow, empty, messageRow, requestRow, visitRow } from './rows.js';

let filter = null;

/** Runs a change, says how it went, and shows the new state at once. */
async function act(change) {
	try {
		byId('notice').textContent = await change();
	} catch (error) {
		byId('notice').textContent = error.message;
	}
	await refresh();
}

function drawVisits({ visits, counts }) {
	const statuses = Object.keys(counts).sort();
	const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
	if (filter !== null && !statuses.includes(filter)) filter = null;
	const chip = (value, text) =>
		make(
			'button',
			{
				type: 'button',
				testid: `status-${value ?? 'all'}`,
				'aria-pressed': String(filter === value),
				on: () => {
					filter = value;
					void refresh();
				},
			},
			text,
		);
	draw('status-filters', [filter, counts], () => [
		chip(null, `All ${total}`),
		...statuses.map((status) => chip(status, `${status} ${counts[status]}`)),
	]);
	const shown = visits.filter(({ status }) => filter === null || status === filter);
	byId('visits-note').textContent =
		total > visits.length ? `The newest ${visits.length} of ${total}.` : '';
	draw('visits', shown, () =>
		shown.length > 0
			? shown.map((visit) => visitRow(visit, act))
			: empty('No visits yet. Book one through an API, or add a test visit.'),
	);
}

async function refresh() {
	const state = await control('GET', '/summary');
	drawVisits(state);
	const { deliveries, contacts, requests } = state;
	draw('deliveries', deliveries, () =>
		deliveries.length > 0
			? deliveries.map((delivery) => deliveryRow(delivery, act))
			: empty('No deliveries yet. A key needs a URL, and an EMR key a subscribed location.'),
	);
	draw('contacts', contacts, () =>
		contacts.length > 0 ? contacts.map(messageRow) : empty('No messages yet.'),
	);
	draw('requests', requests, () =>
		requests.length > 0 ? requests.map(requestRow) : empty('No requests yet.'),
	);
	drawFaults(state.faults, act);
}

byId('emr-url').textContent = `${location.origin}/emr`;
byId('client-url').textContent = `${location.origin}/client`;
wireExam(act);
byId('add-visit').addEventListener('click', () =>
	act(async () => {
		await control('POST', '/visits', {
			visits: [{ requested_treatments: ['Botox', 'Dermal Filler'] }],
		});
		return 'Test visit added at loc_downtown.';
	}),
);
byId('reset').addEventListener('click', () =>
	act(async () => {
		await control('POST', '/reset');
		return 'Everything is back to the seed.';
	}),
);
byId('faults-clear').addEventListener('click', () =>
	act(async () => {
		await control('DELETE', '/faults');
		return 'All faults are off.';
	}),
);

/** Asks for news every second, and says so when the simulator does not answer. */
async function watch() {
	try {
		await refresh();
		if (byId('notice').textContent.startsWith('The simulator does not'))
			byId('notice').textContent = '';
	} catch {
		byId('notice').textContent = 'The simulator does not answer.';
	}
	setTimeout(watch, 1000);
}
void watch();
