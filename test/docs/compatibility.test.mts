import { readDocument } from './markdown.mts';

const text = readDocument('docs/compatibility.md');
const links = [...text.matchAll(/\[([^\]]*)\]\(\.\.\/test\/([^)#]+)\)/g)];

it('each link to a test is called by its path, so that nobody looks for another file', () => {
	expect(links.length).toBeGreaterThan(50);
	const misnamed = links.filter(
		([, label, path = '']) => label !== path.replace(/(\.test)?\.mts$/, ''),
	);
	expect(misnamed.map(([link]) => link)).toEqual([]);
});

it.each([
	'Check Clearance',
	'Get Expiring',
	'Reconcile',
	'Reschedule',
	'Service Menu',
	'Skip If Cleared',
])('a claim says what %s does', (name) => {
	const rows = text.split('\n').filter((line) => line.startsWith(`| ${name}`));
	expect(rows).toEqual([expect.stringContaining('../test/')]);
});
