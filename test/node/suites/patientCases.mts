import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import type { Decision } from '../../../sandbox/simulator/index.mts';
import type { PartialVisit } from '../support/control.mts';
import { clearanceParameters, PATIENT, patientItem } from '../support/patient.mts';
import { succeeded, useSimulator } from '../support/world.mts';

/** The table "Patient cases" of docs/operations.md: what it promises is what the node answers. */

const ZONE = 'America/Los_Angeles';
const NOW = DateTime.fromISO('2026-06-15T14:00', { zone: ZONE }).toMillis();

interface PatientCase {
	patient: string;
	decisions: string[];
	time: string;
	cleared: string;
	reason: string;
}

function readCases(): PatientCase[] {
	const text = readFileSync(join(process.cwd(), 'docs/operations.md'), 'utf8');
	const section = text.split('### Patient cases')[1]?.split('<!--')[0] ?? '';
	const rows = section.split('\n').filter((line) => line.startsWith('|'));
	return rows.slice(2).map((row) => {
		const [patient = '', decisions = '', time = '', cleared = '', reason = ''] = row
			.split('|')
			.slice(1, -1)
			.map((cell) => cell.trim().replace(/^`(.*)`$/, '$1'));
		const list = decisions === 'none' ? [] : decisions.split('; ');
		return { patient, decisions: list, time, cleared, reason };
	});
}

const OFF: Record<string, string> = { canceled: 'Cancelled by client', rejected: 'Rejected' };
const NOBODY = ' without patient details';

/**
 * The visit behind a cell such as `approved 2026-04-15T10:00`, `deferred without date`, `open`, `canceled`,
 * `rejected approved 2026-04-15T10:00` or `deferred 2026-04-15T10:00 without patient details`.
 */
function visitOf(text: string, index: number): PartialVisit & { gfe_id: string } {
	const words = text.replace(NOBODY, '').split(' ');
	const off = OFF[words[0]!];
	const [decision = '', time = ''] = off === undefined ? words : words.slice(1);
	const shared = {
		gfe_id: `gfe_${index}`,
		requested_treatments: ['Botox'],
		patient_details: text.endsWith(NOBODY)
			? { first_name: '', last_name: '', name: '', email: null, dob: null }
			: {
					first_name: PATIENT.firstName,
					last_name: PATIENT.lastName,
					email: PATIENT.email,
					dob: null,
				},
	};
	if (decision === 'open') return { ...shared, status: 'Processing' };
	if (decision === '' && off !== undefined) return { ...shared, status: off };
	expect(['approved', 'conditionally_approved', 'deferred', 'undecided']).toContain(decision);
	const date = DateTime.fromISO(time, { zone: ZONE });
	return {
		...shared,
		status: off ?? 'Completed',
		decisions: { Botox: decision as Decision },
		evaluation_completed: date.isValid ? date.toISO() : null,
	};
}

const CASES = readCases();
const world = useSimulator();

beforeEach(() => void jest.spyOn(Date, 'now').mockReturnValue(NOW));
afterEach(() => jest.restoreAllMocks());

const timeField = (time: string) => (time.startsWith('{{') ? `=${time}` : time);

async function check(key: 'emr' | 'client', options: object, main: object) {
	const parameters = { ...clearanceParameters, ...main, options: { ...options } };
	const items = [patientItem({ dateOfBirth: '' })];
	return await world.run(key, 'gfe', 'checkClearance', parameters, { items, timezone: ZONE });
}

async function expectAnswer(one: PatientCase, key: 'emr' | 'client', options = {}, main = {}) {
	const result = await check(key, options, main);
	if (one.cleared === 'error') {
		expect(result.error?.message).toContain(`'${one.reason}' is empty`);
		return;
	}
	const cleared = one.cleared === 'yes';
	expect(succeeded(result)[0]).toMatchObject({
		cleared,
		treatments: [{ treatment: 'Botox', cleared, reason: one.reason }],
	});
}

it('has rows, each with a known answer', () => {
	expect(CASES.length).toBeGreaterThan(40);
	for (const { cleared } of CASES) expect(['yes', 'no', 'error']).toContain(cleared);
});

describe.each(CASES)('a patient who $patient: $decisions, asked for $time', (one) => {
	const visits = one.decisions.map(visitOf);
	const isNow = one.time === 'now';
	const asOf = isNow ? {} : { asOf: timeField(one.time) };

	beforeEach(() => world.control.add(...visits));

	it(`option Appointment Time: ${one.cleared}, ${one.reason}`, async () => {
		await expectAnswer(one, 'emr', asOf);
	});

	it('main field Appointment Time', async () => {
		await expectAnswer(one, 'emr', {}, isNow ? {} : { appointmentTime: timeField(one.time) });
	});

	it('visits of two locations, listed the other way round', async () => {
		await world.control.reset();
		const moved = visits.map((visit, index) => ({
			...visit,
			location_id: index % 2 === 0 ? 'loc_downtown' : 'loc_uptown',
		}));
		await world.control.add(...moved.reverse());
		await expectAnswer(one, 'emr', asOf, { locationId: 'loc_uptown, loc_downtown' });
	});

	// Own records hold times that have come, and a Client key lists completed visits only.
	const dates = visits.map((visit) => visit.evaluation_completed);
	if (dates.some((date) => typeof date !== 'string' || Date.parse(date) > NOW + 300_000)) return;

	it('Client key with Evaluation Dates', async () => {
		const rows = visits.map((visit) => ({
			gfe_id: visit.gfe_id,
			event_time: visit.evaluation_completed,
		}));
		const evaluationDates = JSON.stringify(rows);
		await expectAnswer(one, 'client', { ...asOf, evaluationDates }, { locationId: '' });
		await expectAnswer(one, 'client', asOf, { locationId: '', evaluationDates });
	});
});
