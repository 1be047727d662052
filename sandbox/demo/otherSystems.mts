import type { Services } from '../services/index.mts';
import type { OtherSystems, OtherSystemsSummary } from '../simulator/index.mts';

/** The names that the demo's workflows use in the stand-ins. */
export const SPREADSHEET = 'gfe-bookings';
const TAB = 'Bookings';
export const CHANNEL = 'front-desk';
export const FOLDER = 'gfe-pdfs';

/** The columns that the workflows fill: the first four at the booking, the others at the result. */
const COLUMNS = [
	...['booking_id', 'gfe_id', 'result', 'summary'],
	...['status', 'all_approved', 'decisions', 'evaluation_completed'],
];
const PROPERTIES = ['gfe_id', 'gfe_status', 'gfe_decisions', 'gfe_completed'];
const SHOWN = 50;

/**
 * Creates the data that a spa has before the workflows run: the sheet, the channel, the folder and the
 * properties.
 */
export const prepareSystems = ({ sheets, slack, drive, hubspot }: Services): void => {
	sheets.create(SPREADSHEET, { [TAB]: [COLUMNS] });
	slack.addChannel(CHANNEL);
	drive.store.addFolder('GFE PDFs', { id: FOLDER });
	for (const name of PROPERTIES) hubspot.defineProperty({ name, type: 'string' });
};

const summarize = ({ sheets, slack, drive, hubspot }: Services): OtherSystemsSummary => {
	const spreadsheet = sheets.spreadsheets.get(SPREADSHEET);
	const files = [...drive.store.files.values()].filter(({ content }) => content !== undefined);
	return {
		sheets: (spreadsheet?.sheets ?? []).map(({ title }) => ({
			title,
			rows: (spreadsheet?.records(title) ?? []).slice(-SHOWN).reverse(),
		})),
		contacts: [...hubspot.contacts.values()]
			.slice(-SHOWN)
			.reverse()
			.map(({ properties }) => properties),
		messages: slack.messages
			.slice(-SHOWN)
			.reverse()
			.map(({ channel, text, ts }) => ({
				channel,
				text,
				at: new Date(Number(ts) * 1000).toISOString(),
			})),
		files: files
			.slice(-SHOWN)
			.reverse()
			.map(({ id, name, content }) => ({ id, name, bytes: content?.length ?? 0 })),
	};
};

/** The stand-ins as the simulator's dashboard shows them. */
export const otherSystems = (services: Services): OtherSystems => ({
	summary: () => summarize(services),
	file: (id) => {
		const file = services.drive.store.files.get(id);
		return file?.content && { name: file.name, content: file.content };
	},
	reset: () => {
		services.reset();
		prepareSystems(services);
	},
});
