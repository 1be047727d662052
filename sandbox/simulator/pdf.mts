import { randomBytes } from 'node:crypto';
import { PDFDocument, PDFName, StandardFonts } from 'pdf-lib';
import type { Visit } from './types.mts';

/** Characters that the built-in fonts can't draw become a question mark. */
function drawable(text: string): string {
	return text.replace(/[^\x20-\x7e\xa1-\xff]/g, '?');
}

function lines(visit: Visit): string[] {
	const list = (names: string[] | undefined) => names?.join(', ') || 'none';
	return [
		`GFE: ${visit.gfe_id}`,
		`Patient: ${visit.patient_details.name}`,
		`Status: ${visit.status}`,
		`Requested: ${list(visit.requested_treatments)}`,
		`Approved: ${list(visit.approved_treatments)}`,
		`Conditionally approved: ${list(visit.conditionally_approved_treatments)}`,
		`Deferred: ${list(visit.deferred_treatments)}`,
		`Evaluated: ${String(visit.evaluation_completed ?? 'unknown')}`,
	];
}

async function build(visit: Visit, padding: Buffer): Promise<Buffer> {
	const document = await PDFDocument.create();
	const font = await document.embedFont(StandardFonts.Helvetica);
	const page = document.addPage([612, 792]);
	page.drawText('Good Faith Exam (simulated)', { x: 50, y: 720, size: 20, font });
	lines(visit).forEach((line, index) => {
		page.drawText(drawable(line).slice(0, 95), { x: 50, y: 680 - index * 22, size: 11, font });
	});
	if (padding.length > 0) {
		const reference = document.context.register(document.context.stream(padding));
		document.catalog.set(PDFName.of('SimulatorPadding'), reference);
	}
	return Buffer.from(await document.save({ useObjectStreams: false }));
}

/**
 * A real one-page PDF of the visit.
 * @param leastBytes the minimum size. An unused stream of random bytes fills the PDF
 */
export async function visitPdf(visit: Visit, leastBytes: number): Promise<Buffer> {
	const plain = await build(visit, Buffer.alloc(0));
	if (plain.length >= leastBytes) return plain;
	return await build(visit, randomBytes(leastBytes - plain.length));
}
