/**
 * Words that Spakinect's documented messages and field names are made of. A message may quote what was
 * sent, so a word that is not listed is replaced: a name, an e-mail address or a date never gets through.
 * Words that are also names of people (Faith, Day, Long) are left out.
 */
const VOCABULARY = new Set(
	`a an and any are array as at at-home be been booking boolean by can cannot cancelled cancel client
	closed code completed could create created date deleted denied disabled dob does duplicate each email
	emr empty error exists expected expired field fields first first_name for forbidden format found
	from gfe gfe_id had has have id in in-person inactive input intake intake_answers integer internal
	invalid is it item items json key language last last_name length limit list location location_id
	mandatory many match matching maximum method minimum missing mm/dd/yyyy mm-dd-yyyy must name names
	no not null number object of on one only or parameter patient patient_details pattern phone please
	processing property provided question rate request requested requested_treatments requesting required
	scheduled seconds secret server service should status still string supported that the there this time
	timestamp to today too treatment treatments try type unauthorized unavailable unexpected unique unknown
	unsupported up url user valid value values visit visit_id visits was webhook when with yes you your yyyy-mm-dd
	additional again allowed already answer answers api appointment appointment_time appointments approved
	authorized bad before body data fails favorites in-progress later pending properties rejected review
	subscribed subscription waiting`.split(/\s+/),
);

/** Abbreviations and words of statuses, which have capitals wherever they stand. */
const CAPITALISED =
	/^(api|approved|cancelled|completed|dob|emr|gfe|id|intake|json|not|pending|processing|rejected|review|scheduled|url|waiting)$/;
const MAX_WORDS = 40;

/** A word of the vocabulary, or a path of such words: patient_details.phone */
const isKnown = (key: string): boolean =>
	VOCABULARY.has(key) || key.split(/[./]/).every((part) => VOCABULARY.has(part));

/**
 * One word of a message as it may be shown. What clings to it before and after stays behind, since it
 * may be a number; a capital inside a sentence is taken for a name.
 *
 * @returns undefined if it may not be shown
 */
function safeWord(word: string, beginsSentence: boolean): string | undefined {
	const [, bare = '', end = ''] = /^[^a-z]*(.*?)([^a-z]*)$/i.exec(word) ?? [];
	const key = bare.toLowerCase();
	const mayBeName = !beginsSentence && bare !== key && !CAPITALISED.test(key);
	if (mayBeName || !isKnown(key)) return undefined;
	return bare + (/^[.,:;]$/.test(end) ? end : '');
}

/**
 * Whether the text of an answer is about a date. Only this yes or no leaves the answer, so the text is
 * looked at as it came, with what it may quote.
 */
export function speaksOfDate(body: unknown): boolean {
	const { message, error } = (typeof body === 'object' && body !== null ? body : {}) as {
		message?: unknown;
		error?: unknown;
	};
	return [body, message, error].some(
		(text) => typeof text === 'string' && /\b(dob|dates?|birth|mm.dd.yyyy)\b/i.test(text),
	);
}

/**
 * The human text of an API answer (`message`, else `error`), reduced to known words.
 *
 * @returns undefined if there is no text or too little of it is left to help anyone
 */
export function safeWords(body: unknown): string | undefined {
	if (typeof body !== 'object' || body === null) return undefined;
	const { message, error } = body as { message?: unknown; error?: unknown };
	const text = typeof message === 'string' && message.trim() ? message : error;
	if (typeof text !== 'string') return undefined;

	const words = text.trim().split(/\s+/).slice(0, MAX_WORDS);
	const kept = words.map((word, index) =>
		safeWord(word, index === 0 || /[.:]$/.test(words[index - 1] ?? '')),
	);
	if (kept.filter((word) => word !== undefined).length * 2 <= words.length) return undefined;
	return kept
		.map((word) => word ?? '…')
		.join(' ')
		.replace(/(… ?)+/g, '… ')
		.replace(/[.\s]+$/, '');
}
