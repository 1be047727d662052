import type { DriveFile } from './store.mts';

/** The search terms that n8n's node builds. See "Search query terms and operators" of the Drive API. */
type Test = (file: DriveFile) => boolean;

const TERM =
	/^(?:'((?:[^'\\]|\\.)*)' in parents|(name|mimeType|trashed|fullText) (=|!=|contains) (?:'((?:[^'\\]|\\.)*)'|(true|false)))/;

const unescape = (text: string): string => text.replace(/\\(.)/g, '$1');

const test = (match: RegExpExecArray): Test | undefined => {
	const [, parent, field, operator, quotedText, flag] = match;
	if (parent !== undefined) return (file) => file.parents.includes(unescape(parent));
	if (field === 'trashed') {
		if (flag === undefined || operator === 'contains') return undefined;
		return (file) => (file.trashed === (flag === 'true')) === (operator === '=');
	}
	if (quotedText === undefined || (field !== 'name' && field !== 'mimeType')) return undefined;
	const text = unescape(quotedText);
	const lower = text.toLowerCase();
	// `name contains` matches the start of a word only.
	const words = (value: string) => value.toLowerCase().split(/[\s_.-]+/);
	if (operator === 'contains') {
		return (file) =>
			file[field].toLowerCase().startsWith(lower) ||
			words(file[field]).some((word) => word.startsWith(lower));
	}
	return (file) => (file[field] === text) === (operator === '=');
};

class QueryReader {
	private rest: string;

	constructor(text: string) {
		this.rest = text.trim();
	}

	read(): Test | undefined {
		const whole = this.any();
		return this.rest === '' ? whole : undefined;
	}

	private any(): Test | undefined {
		const tests = [this.all()];
		while (this.skip('or ')) tests.push(this.all());
		return tests.every((one) => one !== undefined)
			? (file) => tests.some((one) => one?.(file))
			: undefined;
	}

	private all(): Test | undefined {
		const tests = [this.one()];
		while (this.skip('and ')) tests.push(this.one());
		return tests.every((one) => one !== undefined)
			? (file) => tests.every((one) => one?.(file))
			: undefined;
	}

	private one(): Test | undefined {
		if (this.skip('not ')) {
			const inner = this.one();
			return inner && ((file) => !inner(file));
		}
		if (this.skip('(')) {
			const inner = this.any();
			return this.skip(')') ? inner : undefined;
		}
		const match = TERM.exec(this.rest);
		if (!match) return undefined;
		this.rest = this.rest.slice(match[0].length).trimStart();
		return test(match);
	}

	private skip(text: string): boolean {
		if (!this.rest.startsWith(text)) return false;
		this.rest = this.rest.slice(text.length).trimStart();
		return true;
	}
}

/** A `q` as a test of files, or `undefined` if Drive couldn't read it. */
export const readQuery = (q: string | undefined): Test | undefined =>
	q === undefined || q === '' ? () => true : new QueryReader(q).read();
