/** The public address that n8n gives for itself. */
const PUBLIC_URL = 'https://n8n.spa.example';

/**
 * A public address for an n8n on loopback. Some vendors, and n8n's own nodes for them, require a public webhook
 * URL. n8n uses the public address, and a stand-in that delivers looks up the real one here.
 */
export class Tunnel {
	readonly publicUrl = PUBLIC_URL;
	private local: string | undefined;

	/** Opens the tunnel. @param url n8n's own address */
	to(url: string): void {
		this.local = url;
	}

	/** The real address behind a public one. Any other address is returned unchanged. */
	readonly reach = (url: string): string =>
		this.local !== undefined && url.startsWith(`${PUBLIC_URL}/`)
			? this.local.replace(/\/$/, '') + url.slice(PUBLIC_URL.length)
			: url;
}
