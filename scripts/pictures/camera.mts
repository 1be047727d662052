import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { projectRoot } from '../../sandbox/n8n/paths.mts';

/** The folder of the README's pictures. */
export const FOLDER = join(projectRoot, 'docs', 'images');
const MAX_BYTES = 150_000;
type Rectangle = { x: number; y: number; width: number; height: number };

/** Notifications and the buttons over the canvas, which pictures hide. */
const HIDDEN = [
	'.el-notification',
	'[data-test-id="canvas-controls"]',
	'[data-test-id="node-creator-plus-button"]',
];

/** Takes a picture of the page, or of a part of it. @throws Error if the file is too large for a README */
export const save = async (page: Page, name: string, clip?: Rectangle): Promise<void> => {
	await page.addStyleTag({ content: `${HIDDEN.join(', ')} { visibility: hidden !important }` });
	await page.mouse.move(0, 0);
	const path = join(FOLDER, `${name}.png`);
	await page.screenshot({ path, animations: 'disabled', caret: 'hide', clip });
	const { size } = await stat(path);
	console.log(`docs/images/${name}.png  ${Math.round(size / 1000)} kB`);
	if (size > MAX_BYTES) throw new Error(`${name}.png has ${size} bytes, more than ${MAX_BYTES}`);
};

/** The rectangle around all of these elements, with a margin. */
export const around = async (elements: Locator): Promise<Rectangle> => {
	const margin = 12;
	const boxes = (await Promise.all((await elements.all()).map((one) => one.boundingBox()))).filter(
		(box) => box !== null,
	);
	const x = Math.min(...boxes.map((box) => box.x)) - margin;
	const y = Math.min(...boxes.map((box) => box.y)) - margin;
	const right = Math.max(...boxes.map((box) => box.x + box.width)) + margin;
	const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + margin;
	return { x, y, width: right - x, height: bottom - y };
};
