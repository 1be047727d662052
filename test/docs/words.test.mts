import { Spakinect } from '../../nodes/Spakinect/Spakinect.node';
import { SpakinectPollingTrigger } from '../../nodes/Spakinect/SpakinectPollingTrigger.node';
import { SpakinectTrigger } from '../../nodes/Spakinect/SpakinectTrigger.node';
import { textsOfPackage } from './errorTexts.mts';
import { documents, readDocument } from './markdown.mts';

/** British forms of words that the product uses. The API's own words stand in code. */
const BRITISH =
	/\b(cancell(ed|ing)|catalogues?|behaviours?|colours?|favourites?|licences?|(normal|recogn|organ|author)is(e|ed|es|ing))\b/gi;

/** Prose: without code, addresses and what is generated from the API's own values. */
const proseOf = (document: string): string =>
	readDocument(document)
		.replace(/^(`{3,})[^\n]*\n[\s\S]*?^\1/gm, '')
		.replace(/`[^`\n]*`/g, '')
		.replace(/\]\([^)\s]*\)/g, ']')
		.replace(/\(Cancelled( by client)?\)/g, '');

/** What the panels show, but for choices that are the API's own values. */
function panelTexts(): string[] {
	const found: string[] = [];
	const keys = new Set(['displayName', 'description', 'hint', 'action', 'placeholder', 'notice']);
	const visit = (value: unknown): void => {
		if (typeof value !== 'object' || value === null) return;
		const { name, value: own } = value as { name?: unknown; value?: unknown };
		if (typeof name === 'string' && own !== undefined && own !== name) found.push(name);
		for (const [key, inner] of Object.entries(value)) {
			if (typeof inner === 'string' && keys.has(key)) found.push(inner);
			visit(inner);
		}
	};
	for (const one of [Spakinect, SpakinectTrigger, SpakinectPollingTrigger]) {
		visit(new one().description);
	}
	return found;
}

it.each(documents())('%s is written in American English', (document) => {
	expect(proseOf(document).match(BRITISH) ?? []).toEqual([]);
});

it('so are the panels', () => {
	const texts = panelTexts();
	expect(texts.length).toBeGreaterThan(200);
	expect(texts.filter((text) => text.match(BRITISH))).toEqual([]);
});

it('and so are the error texts and log lines', () => {
	expect(textsOfPackage().filter(({ text }) => text.match(BRITISH))).toEqual([]);
});
