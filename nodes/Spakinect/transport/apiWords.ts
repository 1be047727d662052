/**
 * Words that Spakinect's documented messages and field names are made of. A message may quote what was
 * sent, so a word that is not listed is replaced: a name, an e-mail address or a date never gets through.
 */
const VOCABULARY = new Set(
	`a an and any are array as at at-home be been booking boolean by can cannot cancelled cancel client
	closed code completed could create created date day deleted denied disabled dob does duplicate each email
	emr empty error exam exists expected expired field fields first first_name for forbidden format found
	from gfe gfe_id good faith had has have id in in-person inactive input intake intake_answers integer internal
	invalid is it item items json key language last last_name length limit list location location_id long
	mandatory many match matching maximum method minimum missing mm/dd/yyyy mm-dd-yyyy must name names
	no not null number object of on one only or parameter patient patient_details pattern phone please
	processing property provided question rate request requested requested_treatments requesting required
	scheduled seconds secret server service short should status still string supported that the there this time
	timestamp to today too treatment treatments try type unauthorized unavailable unexpected unique unknown
	unsupported up url user valid value values visit visit_id visits was webhook when with yes you your yyyy-mm-dd
	additional again allowed already answer answers api appointment appointment_time appointments approved
	authorized bad before favorites in-progress later subscribed subscription`.split(/\s+/),
);

const MAX_WORDS = 40;

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
	let known = 0;
	const kept = words.map((word) => {
		const bare = word.toLowerCase().replace(/^[^a-z]+|[^a-z]+$/g, '');
		if (!VOCABULARY.has(bare)) return '…';
		known += 1;
		return word.replace(/[^\w/:.,'-]/g, '');
	});
	if (known * 2 <= words.length) return undefined;
	return kept
		.join(' ')
		.replace(/(… ?)+/g, '… ')
		.replace(/[.\s]+$/, '');
}
