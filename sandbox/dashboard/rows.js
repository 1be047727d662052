import { control, make, moment, time } from './dom.js';
import { openExam } from './exam.js';

/**
 * The color of a status. Completed is green only if every requested treatment was approved, because completed
 * doesn't mean cleared.
 */
function tone({ status, requested_treatments, approved_treatments = [] }) {
	if (/^completed$/i.test(status)) {
		return requested_treatments.every((name) => approved_treatments.includes(name)) ? 'good' : '';
	}
	if (/^rejected$/i.test(status)) return 'bad';
	return /cancel|not completed/i.test(status) ? 'warn' : '';
}

/** The meaning of n8n's 404 on a webhook URL. */
const NOT_FOUND =
	'404: n8n has no active webhook at this URL. Publish the workflow with the Spakinect Trigger, then send again.';

export const empty = (text) => [make('li', { class: 'empty' }, text)];
const badge = (text, kind = '') => make('span', { class: `badge ${kind}` }, text);

/** Requested treatments of a completed exam without a decision. Nobody has approved them. */
function undecided(visit) {
	if (!/^completed$/i.test(visit.status)) return [];
	const lists = [
		visit.approved_treatments,
		visit.conditionally_approved_treatments,
		visit.deferred_treatments,
	].flatMap((list) => list ?? []);
	return visit.requested_treatments.filter((name) => !lists.includes(name));
}

function decided(visit) {
	const parts = [
		['approved', visit.approved_treatments],
		['conditionally approved', visit.conditionally_approved_treatments],
		['deferred', visit.deferred_treatments],
		['undecided', undecided(visit)],
	].filter(([, list]) => list?.length > 0);
	return parts.map(([word, list]) => `${word}: ${list.join(', ')}`).join(' · ');
}

/** @param act runs a change and shows its result */
export function visitRow(visit, act) {
	const id = visit.gfe_id;
	const name = visit.patient_details.name;
	const open = !/^(completed|cancelled|rejected)/i.test(visit.status);
	const word = /^completed$/i.test(visit.status) ? 'Decide again…' : 'Complete…';
	const kind = visit.kind === 'at_home' ? 'at home' : 'in person';
	const cancel = () =>
		act(async () => {
			await control('POST', `/visits/${id}/cancel`);
			return `Visit of ${name} canceled.`;
		});
	return make(
		'li',
		{ testid: `visit-${id}` },
		make(
			'div',
			{ class: 'what' },
			make('strong', {}, name),
			` ${kind}, ${visit.location_id}`,
			make('div', {}, visit.requested_treatments.join(', ')),
			make(
				'div',
				{ class: 'muted' },
				visit.appointment_time ? `Appointment: ${moment(visit.appointment_time)}` : '',
			),
			make('div', { class: 'muted' }, decided(visit)),
			make('code', { class: 'muted' }, id),
		),
		badge(visit.status, tone(visit)),
		make(
			'button',
			{
				type: 'button',
				testid: `complete-${id}`,
				class: open ? 'main' : '',
				'aria-label': `${word} ${name}`,
				on: () => openExam(visit),
			},
			word,
		),
		make(
			'button',
			{
				type: 'button',
				testid: `cancel-${id}`,
				disabled: open ? false : '',
				'aria-label': `Cancel ${name}`,
				on: cancel,
			},
			'Cancel',
		),
	);
}

/**
 * @param registered the URLs that are registered now. A delivery to another URL shows that URL
 * @param act runs a change and shows its result
 */
export function deliveryRow(delivery, registered, act) {
	const last = delivery.attempts.at(-1);
	const answer = last ? (last.status ?? last.error) : 'sending';
	const again = () =>
		act(async () => {
			const { attempts } = await control('POST', `/deliveries/${delivery.id}/redeliver`);
			const { status, error } = attempts.at(-1);
			return `Sent again: ${status ?? error}.`;
		});
	const tries = delivery.attempts.length;
	return make(
		'li',
		{ testid: `delivery-${delivery.id}` },
		make(
			'div',
			{ class: 'what' },
			delivery.event ?? 'no event',
			make(
				'div',
				{ class: 'muted' },
				last
					? `${time(last.at)}, ${last.ms} ms, ${tries === 1 ? '1 attempt' : `${tries} attempts`}`
					: '',
			),
			registered.includes(delivery.url) ? '' : make('code', {}, delivery.url),
			make('code', { class: 'muted' }, delivery.gfe_id ?? ''),
		),
		badge(String(answer), last ? (delivery.acknowledged ? 'good' : 'bad') : ''),
		make(
			'button',
			{
				type: 'button',
				testid: `redeliver-${delivery.id}`,
				'aria-label': `Send again ${delivery.gfe_id ?? delivery.event ?? ''}`,
				on: again,
			},
			'Send again',
		),
		last?.status === 404 ? make('div', { class: 'hint' }, NOT_FOUND) : '',
	);
}

/** Which URL gets the events of a key. */
export const registeredRow = ([key, url]) => [
	make('dt', {}, `Registered for ${key}`),
	make('dd', {}, make('code', {}, url)),
];

export const messageRow = ({ at, channel, to, text, link }) =>
	make(
		'li',
		{},
		badge(channel),
		make(
			'div',
			{ class: 'what' },
			to,
			make('div', { class: 'muted' }, `${text} `, make('a', { href: link }, link)),
		),
		make('span', { class: 'muted' }, time(at)),
	);

export const requestRow = ({ at, method, path, status, keyName }) =>
	make(
		'li',
		{},
		make(
			'div',
			{ class: 'what' },
			make('code', {}, `${method} ${path}`),
			make('div', { class: 'muted' }, `${time(at)}, ${keyName ?? 'no key'}`),
		),
		badge(String(status ?? 'no answer'), status >= 200 && status < 300 ? 'good' : 'bad'),
	);
