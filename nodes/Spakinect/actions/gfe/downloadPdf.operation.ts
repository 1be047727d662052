import { InputError } from '../../domain/inputError';
import { shownStatus, statusGroup } from '../../domain/visit/status';
import type { FetchedPdf } from '../../transport/pdf/refusals';
import { fetchPdf } from '../../transport/pdf/download';
import { gfeIdField, maxParallelOption } from '../fields';
import { optionsField } from '../../shared/fields';
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
 * The newest link to the PDF. Links expire soon, so it is always read again. The PDF may come some time after
 * the status Completed.
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
					? "The PDF of this 'GFE ID' isn't ready yet"
					: `This 'GFE ID' has no PDF: its status is ${shownStatus(status)}`,
				isCompleted
					? "It can come some time after the status Completed. Set or raise the option 'Wait for PDF (Seconds)'."
					: 'There is a PDF once the exam is completed.',
			);
		}
		const next = Math.min(pause, waitMs - waited);
		await item.api.wait(next);
		waited += next;
	}
}

/** Downloads the PDF. A link that expired before the download is replaced once. */
async function download(
	item: Item,
	gfeId: string,
	waitMs: number,
	fileName: string,
): Promise<FetchedPdf> {
	const fetch = async () => {
		const link = await freshLink(item, gfeId, waitMs);
		return await item.api.inTurn(() => fetchPdf(item.fn, link, fileName));
	};
	const first = await fetch();
	return 'refused' in first && first.isExpired ? await fetch() : first;
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
				description: 'How long to wait for the PDF of a completed exam',
			},
		]),
	],
	async run(item) {
		const gfeId = requiredText(item, 'gfeId');
		const property = optionalText(item, 'binaryPropertyName') || 'data';
		const waitMs = readWaitMs(item);
		const fileName = `gfe-${gfeId.replace(/[^\w-]/g, '_')}.pdf`;

		const file = await download(item, gfeId, waitMs, fileName);
		if (!('file' in file)) throw new InputError('GFE ID', file.refused, file.advice);
		return [
			{
				json: { gfe_id: gfeId, file_name: fileName, file_size: file.bytes },
				binary: { [property]: file.file },
			},
		];
	},
};
