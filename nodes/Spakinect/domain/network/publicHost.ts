/** An IP address as a number of 32 (IPv4) or 128 bits (IPv6). */
interface IpAddress {
	version: 4 | 6;
	bits: bigint;
}

const SIZE = { 4: 32n, 6: 128n } as const;

/**
 * The IP address in the hostname of a Node `URL`, or undefined for a name. `URL` has already normalized every
 * spelling of an IPv4 address (`127.1`, `0x7f.1`, `2130706433`) to four decimal numbers and put an IPv6 address
 * into brackets.
 */
function readIpHost(hostname: string): IpAddress | undefined {
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
function ipBlock(notation: string): IpBlock {
	const [address = '', prefix = ''] = notation.split('/');
	const read = readIpHost(address.includes(':') ? `[${address}]` : address);
	return { version: read?.version ?? 4, bits: read?.bits ?? 0n, prefix: BigInt(prefix) };
}

/** Whether the address is in the block. */
function isInBlock({ version, bits }: IpAddress, block: IpBlock): boolean {
	if (version !== block.version) return false;
	const rest = SIZE[version] - block.prefix;
	return bits >> rest === block.bits >> rest;
}

/**
 * Blocks that the internet doesn't route to (IANA's special-purpose registries). Blocks for documentation
 * aren't listed, because no n8n has such an address.
 */
const NOT_ROUTED = [
	'0.0.0.0/8',
	'10.0.0.0/8',
	'100.64.0.0/10',
	'127.0.0.0/8',
	'169.254.0.0/16',
	'172.16.0.0/12',
	'192.0.0.0/24',
	'192.168.0.0/16',
	'198.18.0.0/15',
	'224.0.0.0/4',
	'240.0.0.0/4',
	'::/128',
	'::1/128',
	'100::/64',
	'fc00::/7',
	'fe80::/10',
	'fec0::/10',
	'ff00::/8',
].map(ipBlock);

const LOOPBACK = ['127.0.0.0/8', '0.0.0.0/32', '::1/128', '::/128'].map(ipBlock);

/** IPv6 blocks that contain an IPv4 address, and how many bits follow it: mapped, compatible, NAT64, 6to4. */
const EMBEDDED = [
	{ block: ipBlock('::ffff:0:0/96'), behind: 0n },
	{ block: ipBlock('::/96'), behind: 0n },
	{ block: ipBlock('64:ff9b::/96'), behind: 0n },
	{ block: ipBlock('2002::/16'), behind: 80n },
];

/**
 * Endings that no public name has: reserved (RFC 6761, 6762, 8375, ICANN's .internal) or common on private
 * networks.
 */
const PRIVATE_ENDING =
	/\.(local|localhost|localdomain|internal|intranet|lan|home|corp|private|home\.arpa|invalid|test|onion)$/;

/**
 * Whether a server on the internet can reach this host, judged by the hostname alone. A name without a dot, a
 * private ending and an unrouted address can only be reached from inside a network.
 *
 * @param hostname as `URL` gives it
 */
export function isPublicHost(hostname: string): boolean {
	const name = bare(hostname);
	const address = readIpHost(name);
	if (address !== undefined) return !isIn(address, NOT_ROUTED);
	return /[^.]\.[^.]/.test(name) && !PRIVATE_ENDING.test(name);
}

/** Whether the host is this machine itself. */
export function isThisMachine(hostname: string): boolean {
	const name = bare(hostname);
	const address = readIpHost(name);
	return address === undefined ? /(^|\.)localhost$/.test(name) : isIn(address, LOOPBACK);
}

/** Removes the dot that ends a complete name. */
const bare = (hostname: string): string => hostname.toLowerCase().replace(/\.+$/, '');

function isIn(address: IpAddress, blocks: typeof NOT_ROUTED): boolean {
	if (blocks.some((block) => isInBlock(address, block))) return true;
	const embedded = EMBEDDED.find(({ block }) => isInBlock(address, block));
	if (embedded === undefined) return false;
	const bits = (address.bits >> embedded.behind) & 0xffff_ffffn;
	return blocks.some((block) => isInBlock({ version: 4, bits }, block));
}
