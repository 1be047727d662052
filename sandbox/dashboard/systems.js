import { byId, draw, make, time } from './dom.js';
import { empty } from './rows.js';

/** Properties that HubSpot keeps for itself. */
const OF_HUBSPOT = new Set(['createdate', 'lastmodifieddate', 'hs_object_id']);

/** The fields of a row or contact that have a value, one below the other. */
const record = (fields) =>
	make(
		'dl',
		{ class: 'record' },
		...Object.entries(fields)
			.filter(([name, value]) => value !== '' && !OF_HUBSPOT.has(name))
			.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, value)]),
	);

const recordRow = (fields) => make('li', {}, record(fields));

const slackRow = ({ channel, text, at }) =>
	make(
		'li',
		{},
		make(
			'div',
			{ class: 'what' },
			make('div', { class: 'muted' }, `#${channel}, ${time(at)}`),
			make('div', { class: 'text' }, text),
		),
	);

const fileRow = ({ id, name, bytes }) =>
	make(
		'li',
		{},
		make(
			'div',
			{ class: 'what' },
			make('a', { href: `/control/systems/files/${id}`, target: '_blank', rel: 'noopener' }, name),
		),
		make('span', { class: 'muted' }, `${(bytes / 1000).toFixed(1)} kB`),
	);

const drawList = (id, items, row, nothing) =>
	draw(id, items, () => (items.length > 0 ? items.map(row) : empty(nothing)));

/** Shows the data that n8n's workflows wrote. Without other systems, the section is hidden. */
export function drawSystems({ systems }) {
	byId('systems').hidden = systems === null;
	if (systems === null) return;
	const { sheets, contacts, messages, files } = systems;
	byId('sheet-name').textContent = sheets.map(({ title }) => title).join(', ');
	const rows = sheets.flatMap((sheet) => sheet.rows);
	drawList('sheet-rows', rows, recordRow, 'No rows yet. A booking adds one.');
	drawList('crm-contacts', contacts, recordRow, 'No contacts yet. A finished exam adds one.');
	drawList('slack-messages', messages, slackRow, 'No messages yet. A finished exam sends one.');
	drawList('drive-files', files, fileRow, 'No files yet. A finished exam saves its PDF.');
}
