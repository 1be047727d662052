import { BlockList } from 'node:net';
import fc from 'fast-check';
import { isPublicHost, isThisMachine } from '../../../../nodes/Spakinect/domain/network/publicHost';
import { sized } from '../../support/size.mts';

const hostOf = (authority: string): string => new URL(`https://${authority}/`).hostname;

const PUBLIC = [
	'n8n.example.com',
	'n8n.example',
	'N8N.Example.COM',
	'n8n.example.com.',
	'localhost.example.com',
	'local.example.com',
	'10.example.com',
	'my-internal.example.com',
	'internal.spa.example',
	'xn--mnchen-3ya.example',
	'8.8.8.8',
	'9.255.255.255',
	'11.0.0.0',
	'100.63.255.255',
	'100.128.0.0',
	'126.255.255.255',
	'128.0.0.0',
	'169.253.0.1',
	'172.15.255.255',
	'172.32.1.1',
	'192.167.0.1',
	'192.169.0.1',
	'198.17.0.1',
	'198.20.0.1',
	'223.255.255.255',
	'134744072',
	'user:pw@8.8.8.8',
	'8.8.8.8:8443',
	'[2606:4700::1111]',
	'[2001:4860:4860::8888]:8443',
	'[::ffff:8.8.8.8]',
	'[64:ff9b::808:808]',
	'[2002:808:808::1]',
	'[fbff::1]',
];

const PRIVATE = [
	'n8n',
	'n8n:5678',
	'undefined',
	'null',
	'localhost',
	'localhost.',
	'LOCALHOST:5678',
	'n8n.localhost',
	'n8n.local',
	'n8n.local.',
	'n8n.internal',
	'host.docker.internal',
	'n8n.lan',
	'n8n.home.arpa',
	'n8n.localdomain',
	'n8n.invalid',
	'.',
	'0.0.0.0',
	'0',
	'10.0.0.7:8443',
	'user:pw@10.0.0.5',
	'100.64.0.1',
	'100.127.255.254',
	'127.0.0.1',
	'127.1',
	'127.0.1',
	'0x7f.1',
	'0177.0.0.1',
	'2130706433',
	'127.0.0.1.',
	'169.254.1.1',
	'169.254.169.254',
	'172.16.0.1',
	'172.31.255.255',
	'192.0.0.8',
	'192.168.1.5',
	'198.18.0.1',
	'224.0.0.1',
	'255.255.255.255',
	'[::]',
	'[::1]',
	'[0:0:0:0:0:0:0:1]:5678',
	'[fd12::]',
	'[fc00::1]',
	'[FD12:3456::1]',
	'[fe80::]',
	'[febf::1]',
	'[fec0::1]',
	'[ff02::1]',
	'[100::1]',
	'[::ffff:10.0.0.1]',
	'[::ffff:7f00:1]',
	'[::127.0.0.1]',
	'[64:ff9b::a00:1]',
	'[2002:a00:1::1]',
	'[2002:c0a8:105::]',
	'１２７.0.0.1',
	'%6c%6f%63alhost',
];

it.each(PUBLIC)('%s can be reached', (host) => expect(isPublicHost(hostOf(host))).toBe(true));

it.each(PRIVATE)("%s can't be reached", (host) => expect(isPublicHost(hostOf(host))).toBe(false));

describe("an address is judged as Node's own block list judges it (random addresses)", () => {
	const node = new BlockList();
	for (const [address, prefix, family] of [
		['0.0.0.0', 8, 'ipv4'],
		['10.0.0.0', 8, 'ipv4'],
		['100.64.0.0', 10, 'ipv4'],
		['127.0.0.0', 8, 'ipv4'],
		['169.254.0.0', 16, 'ipv4'],
		['172.16.0.0', 12, 'ipv4'],
		['192.0.0.0', 24, 'ipv4'],
		['192.168.0.0', 16, 'ipv4'],
		['198.18.0.0', 15, 'ipv4'],
		['224.0.0.0', 4, 'ipv4'],
		['240.0.0.0', 4, 'ipv4'],
		['fc00::', 7, 'ipv6'],
		['fe80::', 10, 'ipv6'],
		['fec0::', 10, 'ipv6'],
		['ff00::', 8, 'ipv6'],
		['100::', 64, 'ipv6'],
	] as const) {
		node.addSubnet(address, prefix, family);
	}
	// The first number decides most, so the special ones come up often.
	const first = fc.oneof(fc.nat(255), fc.constantFrom(0, 10, 100, 127, 169, 172, 192, 198, 224));
	const second = fc.oneof(fc.nat(255), fc.constantFrom(0, 15, 16, 18, 19, 31, 64, 127, 168, 254));

	it('IPv4', () => {
		fc.assert(
			fc.property(first, second, fc.nat(255), fc.nat(255), (...numbers) => {
				const address = numbers.join('.');
				expect(isPublicHost(hostOf(address))).toBe(!node.check(address, 'ipv4'));
			}),
			{ numRuns: sized(2_000) },
		);
	});

	it('IPv6', () => {
		const head = fc.oneof(
			fc.integer({ min: 0x2600, max: 0xffff }),
			fc.constantFrom(0x100, 0xfc00, 0xfdff, 0xfe80, 0xfebf, 0xfec0, 0xfeff, 0xff02),
		);
		const rest = fc.array(fc.oneof(fc.constant(0), fc.nat(0xffff)), {
			minLength: 7,
			maxLength: 7,
		});
		fc.assert(
			fc.property(head, rest, (one, others) => {
				const address = [one, ...others].map((group) => group.toString(16)).join(':');
				expect(isPublicHost(hostOf(`[${address}]`))).toBe(!node.check(address, 'ipv6'));
			}),
			{ numRuns: sized(2_000) },
		);
	});
});

it.each([
	['localhost', true],
	['n8n.localhost', true],
	['localhost.', true],
	['127.0.0.1', true],
	['127.8.8.8', true],
	['[::1]', true],
	['[::ffff:127.0.0.1]', true],
	['localhost.example.com', false],
	['10.0.0.1', false],
	['n8n.local', false],
	['[fd12::]', false],
])('%s is this machine: %p', (host, expected) => {
	expect(isThisMachine(hostOf(host))).toBe(expected);
});
