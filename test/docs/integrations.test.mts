import { readDocument } from './markdown.mts';

const SYSTEMS = [
	'Acuity',
	'Aesthetic Record',
	'AestheticsPro',
	'Airtable',
	'Boulevard',
	'Calendly',
	'Excel 365',
	'Google Drive',
	'Google Sheets',
	'HighLevel',
	'HubSpot',
	'Jane',
	'Keap',
	'Mindbody',
	'PatientNow',
	'PostgreSQL',
	'Salesforce',
	'Slack',
	'Square',
	'Symplast',
	'Twilio',
	'Vagaro',
	'Zenoti',
	'Zoho',
];

/** The cells of each row, without headers and rules. */
const rows = readDocument('docs/integrations.md')
	.split('\n')
	.filter((line) => /^\| (?!System\b|-)/.test(line))
	.map((line) =>
		line
			.slice(1, -1)
			.split('|')
			.map((cell) => cell.trim()),
	);

describe('docs/integrations.md', () => {
	it('has one row for each system', () => {
		expect(rows.map(([system]) => system).sort()).toEqual(SYSTEMS);
	});

	it.each(rows.map((cells) => [cells[0]!, cells] as const))(
		'%s: every cell is filled, says whether it was run, and names a public source',
		(_system, cells) => {
			expect(cells.filter((cell) => cell === '')).toEqual([]);
			expect(['`run in tests`', '`read only`']).toContain(cells.at(-2));
			expect(cells.at(-1)).toMatch(/\[[^\]]+\]\(https?:\/\/[^)\s]+\)/);
		},
	);
});
