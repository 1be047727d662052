import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A tool in the form that a chat model gets. */
interface OfferedTool {
	name: string;
	description: string;
	parameters: {
		properties: Record<string, { type: string; description?: string }>;
		required?: string[];
	};
}

interface Message {
	role: string;
	content?: unknown;
	tool_call_id?: string;
}

interface ChatRequest {
	stream?: boolean;
	messages: Message[];
	tools?: Array<{ function: OfferedTool }>;
}

/** The model's next step: call a tool, or answer. */
export type Turn = { call: string; args: object } | { say: string };

/** A stand-in chat model. It uses OpenAI's chat-completions protocol and follows a script. */
export interface ScriptedModel {
	/** Base URL for n8n's OpenAI credential. */
	url: string;
	/** Sets the next turns, in order, and forgets earlier tools and answers. */
	script(...turns: Turn[]): void;
	/** The tools of the last request. */
	tools(): OfferedTool[];
	/** The answers of the tools, oldest first. */
	results(): string[];
	close(): Promise<void>;
}

const completion = (message: object, finish_reason: string | null, kind: string) => ({
	id: 'chatcmpl-stand-in',
	object: kind,
	created: 1_700_000_000,
	model: 'stand-in',
	choices: [{ index: 0, [kind.endsWith('chunk') ? 'delta' : 'message']: message, finish_reason }],
	usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
});

const answer = (response: ServerResponse, turn: Turn, id: string, stream: boolean): void => {
	const reason = 'say' in turn ? 'stop' : 'tool_calls';
	const message =
		'say' in turn
			? { role: 'assistant', content: turn.say }
			: {
					role: 'assistant',
					content: null,
					tool_calls: [
						{
							index: 0,
							id,
							type: 'function',
							function: { name: turn.call, arguments: JSON.stringify(turn.args) },
						},
					],
				};
	if (!stream) {
		response.writeHead(200, { 'content-type': 'application/json' });
		response.end(JSON.stringify(completion(message, reason, 'chat.completion')));
		return;
	}
	response.writeHead(200, { 'content-type': 'text/event-stream' });
	for (const chunk of [
		completion(message, null, 'chat.completion.chunk'),
		completion({}, reason, 'chat.completion.chunk'),
	]) {
		response.write(`data: ${JSON.stringify(chunk)}\n\n`);
	}
	response.end('data: [DONE]\n\n');
};

const textOf = (content: unknown): string =>
	typeof content === 'string' ? content : JSON.stringify(content);

export const startScriptedModel = async (): Promise<ScriptedModel> => {
	let turns: Turn[] = [];
	let seen: ChatRequest[] = [];
	const server = createServer((request, response) => {
		let text = '';
		request.on('data', (chunk: Buffer) => {
			text += chunk.toString();
		});
		request.on('end', () => {
			const chat = JSON.parse(text) as ChatRequest;
			seen.push(chat);
			// After the script, it ends the conversation, so that a mistake can't run forever.
			const turn = turns[seen.length - 1] ?? { say: 'The script is over.' };
			answer(response, turn, `call_${seen.length}`, chat.stream === true);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const last = () => seen.at(-1);
	return {
		url: `http://127.0.0.1:${port}/v1`,
		script: (...next) => {
			turns = next;
			seen = [];
		},
		tools: () => (last()?.tools ?? []).map((tool) => tool.function),
		results: () =>
			(last()?.messages ?? [])
				.filter(({ role }) => role === 'tool')
				.map(({ content }) => textOf(content)),
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
};
