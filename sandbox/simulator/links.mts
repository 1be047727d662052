import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

type LinkState = 'valid' | 'expired' | 'forged';

/** Signs and checks the short-lived addresses of PDFs. The secret lives as long as the process. */
export class LinkSigner {
	/** Set once the files server listens. Without a trailing slash. */
	filesUrl = '';
	private readonly secret = randomBytes(32);

	/** The address of a visit's PDF, valid until `expires` (Unix milliseconds). */
	sign(gfeId: string, expires: number): string {
		const query = `expires=${expires}&signature=${this.signature(gfeId, String(expires))}`;
		return `${this.filesUrl}/gfe/${encodeURIComponent(gfeId)}.pdf?${query}`;
	}

	check(gfeId: string, expires: string, signature: string): LinkState {
		const expected = Buffer.from(this.signature(gfeId, expires));
		const given = Buffer.from(signature);
		if (expected.length !== given.length || !timingSafeEqual(expected, given)) return 'forged';
		return Date.now() > Number(expires) ? 'expired' : 'valid';
	}

	private signature(gfeId: string, expires: string): string {
		return createHmac('sha256', this.secret).update(`${gfeId}\n${expires}`).digest('hex');
	}
}
