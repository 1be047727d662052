import { InputError } from '../../domain/inputError';
import { shownStatus, statusGroup } from '../../domain/visit/status';
import { fetchPdf } from '../../transport/pdf';
import { gfeIdField, maxParallelOption, optionsField } from '../fields';
import { BOTH_KEYS } from '../operation';
import type { Item, Operation } from '../operation';
import { optionalText, readCollection, requiredText } from '../parameters';

const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 10_000;
const MAX_WAIT_SECONDS = 600;

function readWaitMs(item: Item): number {
	const seconds = Number(readCollection(item, 'options').waitSeconds ?? 0);
	if (!(seconds >= 0 && seconds <= MAX_WAIT_SECONDS)) {
		throw new InputError(
			'Wait for PDF (Seconds)',
			`'Wait for PDF (Seconds)' must be a number from 0 to ${MAX_WAIT_SECONDS}`,
		);
	}
	return seconds * 1000;
}

/**
 * The newest link to the PDF. Links expire soon, so it is read now, never taken from an earlier answer; a
 * PDF may come some time after the status Completed, which `waitSeconds` bridges.
 */
async function freshLink(item: Item, gfeId: string, waitMs: number): Promise<string> {
	let waited = 0;
	for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, MAX_PAUSE_MS)) {
		const { pdf_link: link, status } = await item.api.visit(gfeId, { fresh: true });
		if (typeof link === 'string' && link !== '') return link;
		const isCompleted = statusGroup(status) === 'completed';
		if (!isCompleted || waited >= waitMs) {
			throw new InputError(
				'GFE ID',
				isCompleted
					? "The PDF of this 'GFE ID' is not there yet"
					: `This 'GFE ID' has no PDF: its status is ${shownStatus(status)}`,
				isCompleted
					? "It may lag behind the status Completed: set or raise the option 'Wait for PDF (Seconds)'."
					: 'A PDF exists once the exam is completed.',
			);
		}
		const next = Math.min(pause, waitMs - waited);
		await item.api.wait(next);
		waited += next;
	}
}

/** GET /visits/{id}, then the link of the answer, without the API key. */
export const downloadPdf: Operation = {
	value: 'downloadPdf',
	name: 'Download PDF',
	action: 'Download the PDF of a GFE',
	description: 'Download the signed PDF of a completed GFE as a file named gfe-ID.pdf',
	keys: BOTH_KEYS,
	writes: false,
	hint: 'The PDF holds patient data: send it only to places that may hold it. It exists once the exam is completed.',
	fields: [
		gfeIdField,
		{
			displayName: 'Output Data Field Name',
			name: 'binaryPropertyName',
			type: 'string',
			required: true,
			default: 'data',
			hint: 'The name of the output field that holds the file',
		},
		optionsField([
			maxParallelOption,
			{
				displayName: 'Wait for PDF (Seconds)',
				name: 'waitSeconds',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: MAX_WAIT_SECONDS },
				default: 0,
				description: 'How long to wait for a PDF that lags behind the status Completed',
			},
		]),
	],
	async run(item) {
		const gfeId = requiredText(item, 'gfeId', 'GFE ID');
		const property = optionalText(item, 'binaryPropertyName', 'Output Data Field Name') || 'data';
		const waitMs = readWaitMs(item);
		const fileName = `gfe-${gfeId.replace(/[^\w-]/g, '_')}.pdf`;

		const first = await fetchPdf(item.fn, await freshLink(item, gfeId, waitMs), fileName);
		// One more link: the first may have expired between the two requests.
		const file =
			'file' in first
				? first
				: await fetchPdf(item.fn, await freshLink(item, gfeId, waitMs), fileName);
		if (!('file' in file)) throw new InputError('GFE ID', file.refused, file.advice);
		return [
			{
				json: { gfe_id: gfeId, file_name: fileName, file_size: file.bytes },
				binary: { [property]: file.file },
			},
		];
	},
};
