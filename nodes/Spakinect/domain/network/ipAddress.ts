/** An IP address as a number of 32 (IPv4) or 128 bits (IPv6). */
export interface IpAddress {
	version: 4 | 6;
	bits: bigint;
}

const SIZE = { 4: 32n, 6: 128n } as const;

/**
 * The IP address in the hostname of a Node `URL`, or undefined for a name. `URL` has already normalized every
 * spelling of an IPv4 address (`127.1`, `0x7f.1`, `2130706433`) to four decimal numbers and put an IPv6 address
 * into brackets.
 */
export function readIpHost(hostname: string): IpAddress | undefined {
	if (/^\d+\.\d+\.\d+\.\d+$/.test(hostname))
		return { version: 4, bits: join(hostname, '.', 8n, 10) };
	if (!/^\[[\da-f:]+\]$/i.test(hostname)) return undefined;
	return { version: 6, bits: join(expand(hostname.slice(1, -1)), ':', 16n, 16) };
}

/** Expands `::` to eight groups. */
function expand(address: string): string {
	const [head = '', tail] = address.split('::');
	if (tail === undefined) return head;
	const groups = (text: string) => (text === '' ? [] : text.split(':'));
	const before = groups(head);
	const after = groups(tail);
	const missing = Math.max(0, 8 - before.length - after.length);
	return [...before, ...Array.from({ length: missing }, () => '0'), ...after].join(':');
}

const join = (address: string, separator: string, width: bigint, base: 10 | 16): bigint =>
	address
		.split(separator)
		.reduce((bits, part) => (bits << width) | BigInt(Number.parseInt(part, base)), 0n);

/** A block of addresses, such as `10.0.0.0/8` or `fe80::/10`. */
interface IpBlock extends IpAddress {
	prefix: bigint;
}

/** Reads a block in the usual notation. Only for tables in code, because it doesn't check the notation. */
export function ipBlock(notation: string): IpBlock {
	const [address = '', prefix = ''] = notation.split('/');
	const read = readIpHost(address.includes(':') ? `[${address}]` : address);
	return { version: read?.version ?? 4, bits: read?.bits ?? 0n, prefix: BigInt(prefix) };
}

/** Whether the address is in the block. */
export function isInBlock({ version, bits }: IpAddress, block: IpBlock): boolean {
	if (version !== block.version) return false;
	const rest = SIZE[version] - block.prefix;
	return bits >> rest === block.bits >> rest;
}
