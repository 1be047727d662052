import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../../../sandbox/programs.mts';

/** Only the pages of the test: no updates, no account, no first-run questions. */
const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** Starts a headless Chromium. @throws Error if there is none */
export const launchChromium = async (): Promise<Browser> => {
	const executablePath = findChromium();
	if (executablePath === undefined) {
		throw new Error(
			'Chromium not found. Install it (apt-get install chromium) or set CHROMIUM_PATH',
		);
	}
	return chromium.launch({ executablePath, args: FLAGS });
};
