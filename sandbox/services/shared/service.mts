import { problemsIn, type Fields, type Problem } from './fields.mts';
import { Refusal, type Answer, type ServiceRequest } from './http.mts';

/**
 * The faults: too many requests, a revoked token, a server that is down. An unknown contact, sheet or channel
 * needs no fault: remove it from the store.
 */
export type FaultKind = 'limited' | 'revoked' | 'down';

export interface Fault {
	kind: FaultKind;
	/** How many requests it affects. Default: all until `recover()`. */
	times?: number;
	/** Only requests whose `METHOD /path` matches, e.g. `/^POST .*messages/i`. Default: all. */
	only?: RegExp;
}

/** One endpoint, written from the vendor's specification. */
export interface Route {
	/** e.g. `POST /v4/spreadsheets/{id}:batchUpdate`; A slash at the end is ignored. */
	call: string;
	/** `false` if it needs no token. */
	auth?: false;
	query?: Fields;
	body?: Fields;
	/** Whether the body may have fields that aren't in `body`. Default: true. */
	open?: boolean;
	answer(request: ServiceRequest): Answer;
}

/** The vendor's words for the answers of every endpoint. */
interface VendorErrors {
	/** Undefined if the request is allowed. Otherwise the vendor's refusal, returned or thrown. */
	authorize(request: ServiceRequest): Answer | undefined;
	invalid(problems: Problem[], request: ServiceRequest): Answer;
	badJson(request: ServiceRequest): Answer;
	unknownRoute(request: ServiceRequest): Answer;
	limited(request: ServiceRequest): Answer;
	revoked(request: ServiceRequest): Answer;
	down(request: ServiceRequest): Answer;
}

interface StandInParts {
	name: string;
	hosts: readonly string[];
	/** The paths of this stand-in, on a host that several stand-ins share. */
	paths?: RegExp;
	routes: readonly Route[];
	errors: VendorErrors;
	/** Headers of every answer, e.g. the remaining quota. */
	headers?: () => Record<string, string>;
	/** Empties the store. */
	clear(): void;
}

const escape = (text: string): string => text.replace(/[.*+?^$()|[\]\\]/g, '\\$&');

const compile = (route: Route): { method: string; path: RegExp; route: Route } => {
	const [method = '', template = ''] = route.call.split(' ');
	const pattern = escape(template).replace(/\{(\w+)\}/g, '(?<$1>[^/]+?)');
	return { method, path: new RegExp(`^${pattern}/?$`), route };
};

/** A vendor's stand-in: its routes, its errors and its faults. */
export class StandIn {
	readonly name: string;
	readonly hosts: readonly string[];
	private readonly compiled: ReturnType<typeof compile>[];
	private faults: Fault[] = [];

	constructor(private readonly parts: StandInParts) {
		this.name = parts.name;
		this.hosts = parts.hosts;
		this.compiled = parts.routes.map(compile);
	}

	serves(host: string, path: string): boolean {
		return this.hosts.includes(host) && (this.parts.paths?.test(path) ?? true);
	}

	/** Makes requests fail from now on. */
	fail(kind: FaultKind, limits: Omit<Fault, 'kind'> = {}): void {
		this.faults.push({ kind, ...limits });
	}

	recover(): void {
		this.faults = [];
	}

	/** Empties the store and ends all faults. Tokens and accounts stay. */
	reset(): void {
		this.recover();
		this.parts.clear();
	}

	handle(request: ServiceRequest): Answer {
		const answer = this.answerTo(request);
		return { ...answer, headers: { ...this.parts.headers?.(), ...answer.headers } };
	}

	private answerTo(request: ServiceRequest): Answer {
		const { errors } = this.parts;
		const fault = this.nextFault(request);
		if (fault) return errors[fault](request);
		const found = this.find(request);
		if (!found) return errors.unknownRoute(request);
		const { route, params } = found;
		const matched = { ...request, params };
		try {
			const denied = route.auth === false ? undefined : errors.authorize(matched);
			if (denied) return denied;
			if (request.badJson) return errors.badJson(matched);
			const problems = [
				...problemsIn(request.query, route.query ?? {}),
				...problemsIn(request.body, route.body ?? {}, route.open),
			];
			return problems.length > 0 ? errors.invalid(problems, matched) : route.answer(matched);
		} catch (error) {
			if (error instanceof Refusal) return error.answer;
			throw error;
		}
	}

	private nextFault(request: ServiceRequest): FaultKind | undefined {
		const call = `${request.method} ${request.path}`;
		const fault = this.faults.find(({ only }) => only?.test(call) ?? true);
		if (!fault) return undefined;
		if (fault.times !== undefined && --fault.times <= 0) {
			this.faults = this.faults.filter((one) => one !== fault);
		}
		return fault.kind;
	}

	private find(
		request: ServiceRequest,
	): { route: Route; params: Record<string, string> } | undefined {
		for (const { method, path, route } of this.compiled) {
			const match = method === request.method ? path.exec(request.path) : null;
			if (!match) continue;
			const params = Object.entries(match.groups ?? {}).map(([name, value]) => [
				name,
				decodeURIComponent(value),
			]);
			return { route, params: Object.fromEntries(params) };
		}
		return undefined;
	}
}
