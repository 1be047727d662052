/**
 * Stand-in for Slack: messages to channels.
 *
 * Written from: chat.postMessage, conversations.list and users.profile.get, "Web API" (evaluating responses)
 * and "Rate limits", docs.slack.dev, excerpts read in 2026-11. Errors are 200 with `ok: false`; only too many requests are
 * 429 with Retry-After.
 * Not imitated: threads and reactions, direct messages, ephemeral and scheduled messages, the layout of blocks,
 * workspaces, events, the counting of requests (use `fail('limited')`).
 */
import { bearer, fieldsOf, type Answer, type ServiceRequest } from './shared/http.mts';
import { StandIn } from './shared/service.mts';
import type { NewCredential } from './shared/tokens.mts';

const TOKEN = 'xoxb-sandbox';
const MAX_TEXT = 40_000;
const RETRY_AFTER_SECONDS = 1;

interface Channel {
	id: string;
	name: string;
	isArchived?: boolean;
	/** Whether the bot was invited. */
	isMember?: boolean;
}

export interface Message {
	/** The channel's name. */
	channel: string;
	text: string;
	blocks?: unknown;
	ts: string;
}

const no = (error: string, more: object = {}): Answer => ({
	status: 200,
	json: { ok: false, error, ...more },
});

const yes = (json: object): Answer => ({ status: 200, json: { ok: true, ...json } });

export class Slack extends StandIn {
	readonly channels: Channel[] = [];
	readonly messages: Message[] = [];
	/** The bot's permissions. It can't post without `chat:write`. */
	scopes = ['chat:write', 'channels:read'];

	constructor() {
		super({
			name: 'Slack',
			hosts: ['slack.com'],
			routes: [
				{ call: 'POST /api/chat.postMessage', answer: (request) => this.post(request) },
				{ call: 'GET /api/conversations.list', answer: (request) => this.list(request) },
				{
					call: 'GET /api/users.profile.get',
					answer: () => yes({ profile: { real_name: 'Front desk bot' } }),
				},
			],
			errors: {
				authorize: (request) => {
					if (request.headers.authorization === undefined) return no('not_authed');
					return bearer(request) === TOKEN ? undefined : no('invalid_auth');
				},
				invalid: () => no('invalid_arguments'),
				badJson: () => no('invalid_json'),
				unknownRoute: ({ path }) => no('unknown_method', { req_method: path.replace('/api/', '') }),
				limited: () => ({
					status: 429,
					headers: { 'retry-after': String(RETRY_AFTER_SECONDS) },
					json: { ok: false, error: 'ratelimited' },
				}),
				revoked: () => no('token_revoked'),
				down: () => ({ status: 503, json: { ok: false, error: 'service_unavailable' } }),
			},
			headers: () => ({ 'x-oauth-scopes': this.scopes.join(',') }),
			clear: () => {
				this.channels.length = 0;
				this.messages.length = 0;
			},
		});
	}

	/** n8n's credential. */
	credential(): NewCredential {
		return { type: 'slackApi', data: { accessToken: TOKEN, signatureSecret: '' } };
	}

	/** Adds a channel. By default, the bot is invited to it. */
	addChannel(name: string, more: Partial<Channel> = {}): Channel {
		const id = `C${String(this.channels.length + 1).padStart(8, '0')}`;
		const channel = { id, name, isMember: true, ...more };
		this.channels.push(channel);
		return channel;
	}

	/** The texts in a channel, oldest first. */
	textsIn(name: string): string[] {
		return this.messages.filter(({ channel }) => channel === name).map(({ text }) => text);
	}

	private missing(needed: string): Answer | undefined {
		if (this.scopes.includes(needed)) return undefined;
		return no('missing_scope', { needed, provided: this.scopes.join(',') });
	}

	private post(request: ServiceRequest): Answer {
		const { channel, text, blocks, attachments } = fieldsOf(request);
		const denied = this.missing('chat:write');
		if (denied) return denied;
		const wanted = String(channel ?? '').replace(/^#/, '');
		const found = this.channels.find(({ id, name }) => id === wanted || name === wanted);
		if (wanted === '' || !found) return no('channel_not_found');
		if (found.isArchived) return no('is_archived');
		if (!found.isMember) return no('not_in_channel');
		if (text !== undefined && typeof text !== 'string') return no('invalid_arguments');
		if (!text && blocks === undefined && attachments === undefined) return no('no_text');
		if ((text ?? '').length > MAX_TEXT) return no('msg_too_long');
		const at = Date.now() / 1000;
		const ts = `${at.toFixed(0)}.${String(this.messages.length + 1).padStart(6, '0')}`;
		const message: Message = { channel: found.name, text: text ?? '', ts };
		if (blocks !== undefined) message.blocks = blocks;
		this.messages.push(message);
		const sent = { type: 'message', subtype: 'bot_message', text: message.text, ts, bot_id: 'B1' };
		return yes({ channel: found.id, ts, message: sent });
	}

	private list(request: ServiceRequest): Answer {
		const denied = this.missing('channels:read');
		if (denied) return denied;
		const limit = Number(request.query.limit ?? 100);
		if (!Number.isInteger(limit) || limit < 1 || limit > 1000) return no('invalid_limit');
		const start = Number(request.query.cursor || 0);
		if (!Number.isInteger(start)) return no('invalid_cursor');
		const channels = this.channels.slice(start, start + limit).map((one) => ({
			id: one.id,
			name: one.name,
			is_channel: true,
			is_archived: one.isArchived ?? false,
			is_member: one.isMember ?? false,
		}));
		const isMore = this.channels.length > start + limit;
		const next_cursor = isMore ? String(start + limit) : '';
		return yes({ channels, response_metadata: { next_cursor } });
	}
}
