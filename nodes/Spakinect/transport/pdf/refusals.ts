import type { IBinaryData } from 'n8n-workflow';

/** A stored file, or the error texts if there is none. */
export type FetchedPdf =
	| { file: IBinaryData; bytes: number }
	| {
			refused: string;
			advice: string;
			/** True if a fresh link may help, because this link was refused. */
			isExpired?: boolean;
	  };
export type Refusal = Exclude<FetchedPdf, { file: IBinaryData }>;

/** Storage hosts refuse an expired link with one of these. */
export const EXPIRED_STATUSES = new Set([400, 401, 403, 404, 410]);
export const EXPIRED: Refusal = {
	refused: 'The storage host refused the link to the PDF. It has probably expired',
	advice: 'Run the node again. If the error comes back, look at the GFE in the portal.',
	isExpired: true,
};
export const unavailable = (status: number): Refusal => ({
	refused: `The storage host of the PDF did not send it (${status})`,
	advice: 'Run the node again later.',
});
export const NOT_A_PDF: Refusal = {
	refused: 'The file from the storage host is not a PDF',
	advice: 'Nothing was stored. Run the node again, or look at the GFE in the portal.',
};
export const TOO_LARGE: Refusal = {
	refused: 'The PDF is larger than 50 MB',
	advice: 'Nothing was stored. Download it in the portal.',
};
export const UNREACHABLE: Refusal = {
	refused: 'The storage host of the PDF could not be reached, or the download was cut off',
	advice: 'Run the node again.',
};
export const UNSAFE: Refusal = {
	refused: 'The link to the PDF is not encrypted (https), so nothing was downloaded',
	advice: 'Look at the GFE in the portal.',
};
