import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Nothing but the pages of the test: no updates, no account, no first-run questions. */
const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** Why there is no browser to test with, or undefined if there is one. */
export const missingBrowser = (): string | undefined =>
	existsSync(executablePath)
		? undefined
		: `There is no Chromium at ${executablePath}. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.`;

/** Starts a headless Chromium. @throws Error when there is none */
export const launchChromium = async (): Promise<Browser> => {
	const missing = missingBrowser();
	if (missing !== undefined) throw new Error(missing);
	return chromium.launch({ executablePath, args: FLAGS });
};
