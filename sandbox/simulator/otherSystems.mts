/** The data of the spa's other systems, newest first. The dashboard shows it. */
export interface OtherSystemsSummary {
	/** The rows of each tab of the spreadsheet, by column. */
	sheets: Array<{ title: string; rows: Array<Record<string, string>> }>;
	/** The CRM's contacts by property. */
	contacts: Array<Record<string, string>>;
	messages: Array<{ channel: string; text: string; at: string }>;
	files: Array<{ id: string; name: string; bytes: number }>;
}

/**
 * The systems to which n8n's workflows write. The simulator only shows them. The caller that starts both
 * connects them.
 */
export interface OtherSystems {
	summary(): OtherSystemsSummary;
	file(id: string): { name: string; content: Buffer } | undefined;
	/** Resets them together with the simulator. */
	reset(): void;
}
