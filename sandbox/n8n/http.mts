import type { AxiosInstance, AxiosResponse } from 'axios';
import { StepError, messageOf } from './errors.mts';
import { loopbackAxios } from './loopback.mts';

const REQUEST_TIMEOUT_MS = 60_000;

const reasonIn = (body: unknown): string => {
	if (typeof body === 'string') return body.slice(0, 300);
	const { message, error } = (body ?? {}) as { message?: unknown; error?: unknown };
	return String(message ?? error ?? '');
};

/** n8n's REST interface with its session cookie. Each call names its step. */
export class N8nHttp {
	private cookie = '';
	private readonly axios: AxiosInstance;

	constructor(readonly url: string) {
		this.axios = loopbackAxios(url, REQUEST_TIMEOUT_MS);
	}

	/** Sends any request and returns the answer, whatever its status. The cookie of a sign-in is kept. */
	async send(method: string, path: string, body?: unknown): Promise<AxiosResponse<unknown>> {
		const answer = await this.axios.request<unknown>({
			method,
			url: path,
			data: body,
			validateStatus: () => true,
			headers: this.cookie ? { cookie: this.cookie } : {},
		});
		const cookies = answer.headers['set-cookie'];
		const session = cookies?.find((cookie) => cookie.startsWith('n8n-auth='));
		if (session) this.cookie = session.split(';')[0] ?? '';
		return answer;
	}

	/**
	 * A request that must succeed.
	 * @returns the `data` of n8n's answer
	 * @throws StepError with n8n's error text
	 */
	async call<T>(step: string, method: string, path: string, body?: unknown): Promise<T> {
		const answer = await this.send(method, path, body).catch((error: unknown) => {
			throw new StepError(step, messageOf(error), { cause: error });
		});
		if (answer.status >= 400) {
			throw new StepError(step, `n8n answered ${answer.status}: ${reasonIn(answer.data)}`);
		}
		const wrapped = answer.data as { data?: T } | T;
		const isWrapped = typeof wrapped === 'object' && wrapped !== null && 'data' in wrapped;
		return (isWrapped ? wrapped.data : wrapped) as T;
	}
}
