/** The address under which n8n says that it can be reached from the internet. */
const PUBLIC_URL = 'https://n8n.spa.example';

/**
 * A public address for an n8n on loopback. Some vendors, and n8n's own nodes for them, take no other webhook URL.
 * n8n is told the public one; whoever delivers asks here where that really is.
 */
export class Tunnel {
	readonly publicUrl = PUBLIC_URL;
	private local: string | undefined;

	/** Opens the tunnel. @param url n8n's own address */
	to(url: string): void {
		this.local = url;
	}

	/** The real address behind a public one; another address is returned as it is. */
	readonly reach = (url: string): string =>
		this.local !== undefined && url.startsWith(`${PUBLIC_URL}/`)
			? this.local.replace(/\/$/, '') + url.slice(PUBLIC_URL.length)
			: url;
}
