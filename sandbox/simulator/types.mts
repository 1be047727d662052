/** The kind of key. It determines the API, the date style and the fields of a visit. */
export type ApiKind = 'emr' | 'client';
/** The receiver of a request: one of the two APIs, or the origin of the PDF links. */
export type Origin = ApiKind | 'files';
export type Decision = 'approved' | 'conditionally_approved' | 'deferred' | 'undecided';

export interface KeySeed {
	/** The value of the x-api-key header. It also signs this key's webhooks. */
	key: string;
	kind: ApiKind;
	/** The location IDs that this key may use. Missing locations are created. */
	locations: string[];
	/** Shown as keyName in the journal. Default: the key itself (all keys here are test keys). */
	name?: string;
}

export interface Location {
	id: string;
	name: string;
}

export interface Treatment {
	id: string;
	name: string;
}

export interface PatientDetails {
	first_name: string;
	last_name: string;
	name: string;
	email: string | null;
	/** YYYY-MM-DD. Each API has its own style. Any other text is shown unchanged. Absent for at-home visits. */
	dob?: string | null;
}

/** A visit in the simulator's store. present.mts decides what each API shows. */
export interface Visit {
	gfe_id: string;
	kind: 'at_home' | 'in_person';
	location_id: string;
	/** The key that created it, or null if the control API did. */
	created_by: string | null;
	created_at: string;
	patient_id: string;
	patient_details: PatientDetails;
	status: string;
	requested_treatments: string[];
	approved_treatments?: string[];
	conditionally_approved_treatments?: string[];
	deferred_treatments?: string[];
	/** ISO 8601 with Pacific offset once completed, or any value that the control API set. */
	evaluation_completed?: unknown;
	appointment_time?: number;
	phone?: string;
	intake_answers?: unknown[];
	/** Unix milliseconds from which the PDF exists. Null if there is none. */
	pdf_ready_at: number | null;
	/** True if the control API set raw values, which may intentionally violate the description. */
	hand_edited?: boolean;
}

export interface Settings {
	/** How long a PDF link works, in milliseconds. */
	linkTtlMs: number;
	/** Which of the two described forms of the Client list answers. The other one is a 404. */
	clientListForm: 'query' | 'path';
	/** The status of an empty treatment list. */
	treatmentsEmpty: '200' | '404';
	/** The one form of dob that in-person creation accepts. */
	dobForm: 'slashes' | 'dashes';
	inPersonIdField: 'gfe_id' | 'visit_id';
	/** Whether in-person creation answers with visit_link. */
	visitLink: boolean;
	evaluationCompleted: 'iso' | 'seconds';
	/** The minimum size of each PDF in bytes. 0 means no padding. */
	pdfBytes: number;
	/**
	 * The effect of an unknown treatment name among known ones: it is dropped silently, or the request is
	 * refused.
	 */
	unknownTreatments: 'drop' | 'refuse';
	/** `dob` of at-home visits in answers: left out, or null. */
	atHomeDob: 'absent' | 'null';
	/** Pauses before automatic redeliveries, in milliseconds. Empty means one attempt. */
	webhookRetryDelaysMs: number[];
	/** How long a receiver may take, in milliseconds. */
	webhookTimeoutMs: number;
}

export interface Attempt {
	at: string;
	status: number | null;
	body: string | null;
	ms: number;
	error: string | null;
}

export interface Delivery {
	id: string;
	key: string;
	url: string;
	event: string | null;
	gfe_id: string | null;
	/** The exact text that was sent (before compression). */
	body: string;
	headers: Record<string, string>;
	attempts: Attempt[];
	acknowledged: boolean;
}

export interface JournalEntry {
	n: number;
	at: string;
	api: Origin;
	method: string;
	/** The path without the query: /emr/appointments, /gfe/<id>.pdf. */
	path: string;
	query: Record<string, unknown>;
	body: unknown;
	keyName: string | null;
	/** Null while running, and if the connection ended without an answer. */
	status: number | null;
	ms: number | null;
}

type FaultKind =
	| 'status'
	| 'delay'
	| 'drop_before'
	| 'drop_after'
	| 'html'
	| 'empty'
	| 'truncated'
	| 'success_false'
	| 'redirect'
	| 'concurrency';

export interface Fault {
	match?: { api?: Origin | '*'; method?: string; path?: string };
	kind: FaultKind;
	status?: number;
	retryAfter?: string;
	body?: unknown;
	delayMs?: number;
	location?: string;
	max?: number;
	/** How many matching requests it skips first. */
	skip?: number;
	/** How many more requests it affects. Absent means until it is cleared. */
	times?: number;
}

/** An answer of one of the APIs, before it is written to the socket. */
export interface ApiReply {
	status: number;
	body: unknown;
	/** The already serialized body of a cached list. It is sent without validation. */
	text?: string;
	/** True if the body has raw values from the control API, so it isn't checked against the description. */
	unchecked?: boolean;
}
