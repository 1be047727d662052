import { createHash, randomBytes } from 'crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { BoundedMap } from '../../domain/boundedMap';
import type { SkippedTreatment } from '../../domain/summary/request';

/** A treatment, or its position among those of the booking if the name holds patient data. */
export type KeptTreatment = string | number;

/** The visit that a create returned. A record of an earlier version has neither `treatments` nor `skipped`. */
export interface Created {
	gfeId: string;
	/** Of an in-person visit. */
	link: string | null;
	/** The requested treatments. */
	treatments?: KeptTreatment[];
	/** The treatments that weren't requested, because the patient was cleared. */
	skipped?: Array<Omit<SkippedTreatment, 'treatment'> & { treatment: KeptTreatment }>;
}

/** How a create ended: with a visit, or without a reliable answer. */
type CreateOutcome = Created | 'inDoubt';

/** How an earlier try of an item ended. A doubt is `older` if a person started the retry. */
type EarlierCreate = Created | { doubt: 'older' | 'recent' };

interface Noted {
	create: CreateOutcome;
	/** The execution that sent it. */
	execution: string;
}

/** What is kept in n8n's execution data: only IDs, links and treatments, nothing about the patient. */
interface Saved {
	/** The execution of the first try. */
	root: string;
	byItem: Record<string, Noted>;
}

interface SubCreate {
	create: CreateOutcome;
	/** The last execution that got it as its result. */
	execution: string;
	/** Of the request. */
	hash: string;
}

const CONTEXT_KEY = 'creates';
const MAX_REMEMBERED = 1_000;

/** By first execution and node. For an execution that is retried twice, because its data lack the first retry. */
const byRoot = new BoundedMap<string, Saved['byItem']>(MAX_REMEMBERED);
/** By parent execution, sub-workflow and node. */
const byParent = new BoundedMap<string, SubCreate[]>(MAX_REMEMBERED);

/** Prevents comparing a hash with the hashes of guessed patients. */
const salt = randomBytes(16);
const hashOf = (body: IDataObject): string =>
	createHash('sha256').update(salt).update(JSON.stringify(body)).digest('base64');

/** Asks n8n. Older versions and n8n's agents lack some of these functions. */
function ask<T>(question: () => T): T | undefined {
	try {
		return question();
	} catch {
		return undefined;
	}
}

/**
 * The creates of this run of the node, kept for a retry of it, which would contact the patients again.
 *
 * n8n's Retry button runs the failed node again in a new execution, on all of its items, with the data of the
 * failed one. The node's context is part of these data, so the record is there, and only there: the same
 * booking in another execution is a new request. Retry On Fail of an Execute Sub-workflow node starts the
 * sub-workflow again, with no data of the first try but the ID of the parent execution. There, the same request
 * by the same node counts as the same booking.
 */
export class CreateRecord {
	private readonly execution: string;

	private readonly context: IDataObject;

	private readonly saved: Saved;

	private readonly rootKey: string;

	private readonly parentKey: string | undefined;

	constructor(fn: IExecuteFunctions) {
		const nodeId = fn.getNode().id;
		this.execution = fn.getExecutionId();
		this.context = ask(() => fn.getContext('node') as IDataObject) ?? {};
		const { root, byItem } = (this.context[CONTEXT_KEY] ?? {}) as unknown as Partial<Saved>;
		this.rootKey = `${root ?? this.execution}:${nodeId}`;
		const known = root === undefined ? {} : { ...byItem, ...byRoot.get(this.rootKey) };
		this.saved = { root: root ?? this.execution, byItem: known };
		const parent = ask(() => fn.getExecutionContext()?.parentExecutionId);
		const workflow = ask(() => fn.getWorkflow().id);
		this.parentKey = parent ? `${parent}:${workflow}:${nodeId}` : undefined;
	}

	/** How an earlier try of this item ended. Undefined in a first try. */
	earlier(itemIndex: number, body: IDataObject): EarlierCreate | undefined {
		const noted = this.saved.byItem[itemIndex];
		const isEarlier = noted !== undefined && noted.execution !== this.execution;
		if (isEarlier) return noted.create === 'inDoubt' ? { doubt: 'older' } : noted.create;
		return this.earlierOfParent(body);
	}

	/** Notes how a create ended. */
	note(itemIndex: number, body: IDataObject, create: CreateOutcome): void {
		this.saved.byItem[itemIndex] = { create, execution: this.execution };
		this.context[CONTEXT_KEY] = this.saved as unknown as IDataObject;
		byRoot.set(this.rootKey, this.saved.byItem);
		if (this.parentKey === undefined) return;
		const { execution } = this;
		const known = byParent.use(this.parentKey, () => []);
		known.push({ create, execution, hash: hashOf(body) });
	}

	/** To be called when the node has finished, because n8n doesn't run it again on these items. */
	finish(): void {
		delete this.context[CONTEXT_KEY];
	}

	/** Each create is used once per execution, so two equal bookings in one execution stay two. */
	private earlierOfParent(body: IDataObject): EarlierCreate | undefined {
		const known = this.parentKey === undefined ? [] : (byParent.get(this.parentKey) ?? []);
		const hash = hashOf(body);
		const found = known.find((one) => one.hash === hash && one.execution !== this.execution);
		if (found === undefined) return undefined;
		found.execution = this.execution;
		return found.create === 'inDoubt' ? { doubt: 'recent' } : found.create;
	}
}
