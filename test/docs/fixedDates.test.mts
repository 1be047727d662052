import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LAYER_NAMES } from '../../scripts/test/selection.mts';
import { root } from './markdown.mts';

/**
 * A fixed date that is compared with the machine's clock makes a test fail one day. Some layers have a clock of
 * their own (test/node/support/clock.mts). In the others and in the sandbox a date is counted from now, such as
 * `FAR_DAY`.
 */
const config = readFileSync(join(root, 'jest.config.mjs'), 'utf8');
const hasOwnClock = (layer: string) => config.includes(`project('${layer}', fixedClock)`);
const machineClock = LAYER_NAMES.filter((layer) => !hasOwnClock(layer));

/** Files whose fixed dates nothing compares with the clock, and what the dates are. */
const ALLOWED: Record<string, string> = {
	'sandbox/services/calendly/me.mts': 'when the account was made',
	'sandbox/simulator/generate.mts': 'appointments of visits that are only listed',
	'scripts/docs/cases.mts': 'the documents are written at a fixed time',
	'scripts/docs/run.mts': 'the end of a link in the documents',
	'scripts/docs/samples.mts': 'the documents are written at a fixed time',
	'test/browser/dashboard.test.mts': 'the ID of a message',
	'test/docs/release.test.mts': 'a changelog that is read',
	'test/e2e/saved/10-daily-clearance-audit.json': 'an example in a note',
	'test/e2e/support/actionModel.mts': 'when a language model answered',
	'test/e2e/trigger/support/raw.mts': 'when an exam was completed, which is passed on',
	'test/sandbox/bookings.test.mts': 'appointments, which the simulator keeps as they are',
	'test/sandbox/control.test.mts': 'when an exam was completed, which is passed on',
	'test/sandbox/emrAtHome.test.mts': 'appointments, which the simulator keeps as they are',
	'test/sandbox/support.mts': 'appointments, which the simulator keeps as they are',
	'test/services/suites/calendly.mts': 'appointments, which the stand-in passes on',
	'test/services/suites/highLevel.mts': 'due dates, which the stand-in keeps as they are',
	'test/services/suites/hubspot.mts': 'due dates, which the stand-in keeps as they are',
	'test/services/suites/sheets.mts': 'cells, which the stand-in keeps as they are',
};
/** A day of 2024 or later, or such a time in Unix seconds or milliseconds. */
const FIXED = /\b20(2[4-9]|[3-9]\d)-\d\d(?!\d)|\b1_?[7-9]\d\d_?\d{3}_?\d{3}(_?\d{3})?\b/;

const filesOf = (folder: string): string[] =>
	readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
		.map((file) => join(folder, file))
		.filter((file) => /\.(mts|js|json)$/.test(file) && !/node_modules|package-lock/.test(file));
const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');

it('no fixed date is compared with the clock of the machine', () => {
	expect(machineClock).not.toContain('node');
	const folders = [...machineClock.map((layer) => `test/${layer}`), 'sandbox', 'scripts', 'bench'];
	const found = folders
		.flatMap(filesOf)
		.filter((file) => FIXED.test(withoutComments(readFileSync(join(root, file), 'utf8'))));
	expect(found.sort()).toEqual(Object.keys(ALLOWED));
});
