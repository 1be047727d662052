// Checks that the package meets n8n's rules for verified community nodes: `npm run verify`.
// `npm run verify -- panel size` runs only the named checks.
import { UserError, messageOf, runMain } from '../sandbox/n8n/errors.mts';
import { packProject } from '../sandbox/n8n/pack.mts';
import { projectRoot } from '../sandbox/n8n/paths.mts';
import { generatedDocuments } from './verify/documents.mts';
import { n8nNodeLint, strictRules } from './verify/lint.mts';
import { packageJson } from './verify/manifest.mts';
import { credentialChoice, hardcodedIds, panel } from './verify/panel.mts';
import { recipes } from './verify/recipes.mts';
import { scanSource, scanTarball } from './verify/scan.mts';
import { openSubject, type Check, type Subject } from './verify/subject.mts';
import { contents, entries, noDisables, size } from './verify/tarball.mts';
import { templates } from './verify/templates.mts';

const CHECKS: Check[] = [
	...[scanSource, scanTarball, n8nNodeLint, strictRules, noDisables],
	...[packageJson, contents, entries, size],
	...[panel, credentialChoice, hardcodedIds, generatedDocuments, recipes, templates],
];

const chosen = (names: string[]): Check[] => {
	const unknown = names.find((name) => !CHECKS.some((check) => check.name === name));
	if (unknown !== undefined) {
		const list = CHECKS.map(({ name }) => name).join(', ');
		throw new UserError(`There is no check "${unknown}".`, `Checks: ${list}`);
	}
	return names.length === 0 ? CHECKS : CHECKS.filter(({ name }) => names.includes(name));
};

/** Runs a check and prints its line. @returns whether it passed. A check that throws fails */
const report = async (check: Check, subject: Subject): Promise<boolean> => {
	const began = Date.now();
	const found = await check
		.run(subject)
		.catch((error: unknown) => [`the check itself failed: ${messageOf(error)}`]);
	const seconds = ((Date.now() - began) / 1000).toFixed(1);
	console.log(
		`${found.length === 0 ? 'ok  ' : 'FAIL'}  ${check.title} (${check.name}, ${seconds} s)`,
	);
	for (const line of found) console.log(`        ${line}`);
	return found.length === 0;
};

await runMain(async () => {
	const checks = chosen(process.argv.slice(2));
	const { subject, close } = await openSubject(projectRoot, await packProject());
	let failed = 0;
	try {
		for (const check of checks) if (!(await report(check, subject))) failed += 1;
	} finally {
		await close();
	}
	console.log(`\n${checks.length - failed} passed, ${failed} failed`);
	process.exitCode = failed > 0 ? 1 : 0;
});
