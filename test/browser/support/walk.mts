import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { Control } from '../../../sandbox/demo/control.mts';
import { startN8n, type N8n } from '../../../sandbox/n8n/start.mts';
import { startSimulator, type Simulator } from '../../../sandbox/simulator/index.mts';
import { launchChromium } from './chrome.mts';
import { Editor } from './editor.mts';

/** Generous, because other programs may use the cores too. */
const PATIENCE_MS = 45_000;
const VIEW = { width: 1400, height: 1000 };

/** A fresh n8n, a simulator and a browser with two pages: the editor and the simulator's dashboard. */
export interface Walk {
	simulator: Simulator;
	control: Control;
	n8n: N8n;
	editor: Editor;
	dashboard: Page;
	/** Errors that a page threw or logged. */
	problems: string[];
	/** Runs a named step. If it fails, screenshots of both pages are saved and the error says where. */
	step<T>(name: string, run: () => Promise<T>): Promise<T>;
	stop(): Promise<void>;
}

interface WalkOptions {
	colorScheme?: 'light' | 'dark';
	/** Pixels of the picture per pixel of the page. */
	scale?: number;
	view?: { width: number; height: number };
	/** Environment variables for n8n. */
	env?: NodeJS.ProcessEnv;
}

const photograph = async (pages: Record<string, Page>): Promise<string[]> => {
	const folder = await mkdtemp(join(tmpdir(), 'spakinect-browser-'));
	const shots = Object.entries(pages).map(async ([name, page]) => {
		const path = join(folder, `${name}.png`);
		await page.screenshot({ path }).catch(() => undefined);
		return path;
	});
	return Promise.all(shots);
};

const openPage = async (browser: Browser, options: WalkOptions): Promise<Page> => {
	const { colorScheme = 'light', scale = 1, view = VIEW } = options;
	const context = await browser.newContext({
		viewport: view,
		deviceScaleFactor: scale,
		colorScheme,
		reducedMotion: 'reduce',
		timezoneId: 'America/New_York',
	});
	const page = await context.newPage();
	page.setDefaultTimeout(PATIENCE_MS);
	return page;
};

/** Opens both pages for parts that are already running. */
export const openWalk = async (
	simulator: Simulator,
	n8n: N8n,
	options: WalkOptions = {},
): Promise<Walk> => {
	const browser = await launchChromium();
	const editorPage = await openPage(browser, options);
	const dashboard = await openPage(browser, options);
	const problems: string[] = [];
	for (const page of [editorPage, dashboard]) {
		page.on('pageerror', ({ message }) => problems.push(message));
	}
	return {
		simulator,
		control: new Control(simulator.controlUrl),
		n8n,
		editor: new Editor(editorPage, n8n.url),
		dashboard,
		problems,
		step: async (name, run) => {
			try {
				return await run();
			} catch (error) {
				const shots = await photograph({ editor: editorPage, dashboard });
				throw new Error(`${name}: ${(error as Error).message}\nSee ${shots.join(' and ')}`, {
					cause: error,
				});
			}
		},
		stop: () => browser.close(),
	};
};

/** Starts everything for the walk. n8n has its only user, but no credential. */
export const startWalk = async (options: WalkOptions = {}): Promise<Walk> => {
	const simulator = await startSimulator();
	try {
		const n8n = await startN8n({ env: options.env });
		try {
			await n8n.client.signIn();
			const walk = await openWalk(simulator, n8n, options);
			return {
				...walk,
				stop: async () => {
					await walk.stop();
					await n8n.stop();
					await simulator.close();
				},
			};
		} catch (error) {
			await n8n.stop();
			throw error;
		}
	} catch (error) {
		await simulator.close();
		throw error;
	}
};
