import type { IpAddress } from './ipAddress';
import { ipBlock, isInBlock, readIpHost } from './ipAddress';

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
