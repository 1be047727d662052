import { drawBooking, wireBooking } from './booking.js';
import { byId, control, draw, make } from './dom.js';
import { wireExam } from './exam.js';
import { drawFaults } from './faults.js';
import { deliveryRow, empty, messageRow, registeredRow, requestRow, visitRow } from './rows.js';
import { drawSystems } from './systems.js';

let filter = null;

/** Runs a change, shows its result in the notice, and draws the new state immediately. */
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
			: empty('No visits yet. Book an exam above, or call one of the APIs.'),
	);
}

async function refresh() {
	const state = await control('GET', '/summary');
	drawVisits(state);
	const { deliveries, contacts, requests, webhooks } = state;
	drawBooking(state);
	drawSystems(state);
	const urls = Object.entries(webhooks);
	draw('registered', urls, () => urls.flatMap(registeredRow));
	const registered = Object.values(webhooks);
	draw('deliveries', [deliveries, registered], () =>
		deliveries.length > 0
			? deliveries.map((delivery) => deliveryRow(delivery, registered, act))
			: empty(
					'No deliveries yet. Publish the workflow with the Spakinect Trigger: it registers its URL.',
				),
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
wireBooking(act);
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
		await control('POST', '/reset', { keepRegistrations: true });
		return 'Everything is as it was at the start. Registered webhook URLs stay.';
	}),
);
byId('faults-clear').addEventListener('click', () =>
	act(async () => {
		await control('DELETE', '/faults');
		return 'All faults are off.';
	}),
);

/** Draws the state every second. If the simulator doesn't answer, the notice says so. */
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
