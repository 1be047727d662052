import { apiKeyProblem, cleanApiKey } from '../../../credentials/apiKey';

const KEY = 'sk_live-4f9A.b/c+d=';

it.each([
	['the key alone', KEY],
	['spaces around it', `  ${KEY}\t`],
	['a line break behind it', `${KEY}\r\n`],
	['a line break inside, as from an email', 'sk_live-\n4f9A.b/c+d='],
	['a zero-width space inside', 'sk_live-\u200b4f9A.b/c+d='],
	['a zero-width space before it', `\u200b${KEY}`],
	['a byte order mark', `\ufeff${KEY}`],
	['a soft hyphen', 'sk_live-\u00ad4f9A.b/c+d='],
	['direction marks', `\u202a${KEY}\u202c`],
	['a no-break space behind it', `${KEY}\u00a0`],
	['a no-break space inside', 'sk_live-\u00a04f9A.b/c+d='],
	['a narrow no-break space', `\u202f${KEY}`],
	['plain quotes', `"${KEY}"`],
	['plain single quotes', `'${KEY}'`],
	['smart quotes', `\u201c${KEY}\u201d`],
	['smart single quotes', `\u2018${KEY}\u2019`],
	['one smart quote', `${KEY}\u201d`],
	['backticks', `\`${KEY}\``],
	['quotes inside spaces inside quotes', `" \u201c${KEY}\u201d " `],
])('%s', (_, value) => {
	expect(cleanApiKey(value)).toBe(KEY);
	expect(apiKeyProblem(value)).toBeUndefined();
});

it.each([
	['an inner space', 'sk live'],
	['an inner tab', 'sk\tlive'],
	['a control character', 'sk\u0001live'],
	['an accent', 'sk_livé'],
	['a smart quote inside', 'sk_\u201dlive'],
	['an ellipsis, as a shortened key has it', 'sk_live\u2026'],
	['dots of a password field', '\u2022\u2022\u2022\u2022'],
	['full-width letters', '\uff53\uff4b'],
	['an emoji', 'sk_\u{1f511}'],
	['the header with the key', 'x-api-key: sk_live'],
	['what nobody sees', ' \u200b\n'],
	['quotes only', '""'],
])('no key: %s', (_, value) => {
	const problem = apiKeyProblem(value) ?? '';
	expect(problem).toContain('API key');
	if (value.trim().length > 2) expect(problem).not.toContain(value);
});

it.each(['', '  ', undefined, null, 5])('to a missing key (%j) Spakinect answers', (value) => {
	expect(cleanApiKey(value)).toBe('');
	expect(apiKeyProblem(value)).toBeUndefined();
});
