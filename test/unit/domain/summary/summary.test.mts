import {
	countText,
	gfeText,
	listText,
	sentences,
	timeText,
} from '../../../../nodes/Spakinect/domain/summary/summary';

it.each([
	[[], 'no treatments'],
	[['Botox'], 'Botox'],
	[['Botox', 'Laser'], 'Botox and Laser'],
	[['Botox', ' Laser ', 'Peel'], 'Botox, Laser and Peel'],
	[['Laser, Face', 'Neck'], 'Laser, Face; Neck'],
	[['Head and Neck', 'Peel'], 'Head and Neck; Peel'],
	[['Laser, Face'], 'Laser, Face'],
])('listText of %j', (treatments, text) => {
	expect(listText(treatments)).toBe(text);
});

const LA = 'America/Los_Angeles';

it.each([
	['2026-03-09T21:30:00.000Z', LA, 'March 9, 2026, 2:30 PM PDT'],
	['2026-03-09T14:30', LA, 'March 9, 2026, 2:30 PM PDT'],
	[Date.UTC(2026, 0, 1, 8), LA, 'January 1, 2026, 12:00 AM PST'],
	['2026-01-01T07:59:00Z', 'UTC', 'January 1, 2026, 7:59 AM UTC'],
	[null, LA, 'an unknown time'],
	['soon', LA, 'an unknown time'],
])('timeText of %j in %s', (value, zone, text) => {
	expect(timeText(value, zone)).toBe(text);
});

it('countText and gfeText', () => {
	expect([countText(1, 'day'), countText(0, 'day'), countText(-2, 'day')]).toEqual([
		'1 day',
		'0 days',
		'-2 days',
	]);
	expect([gfeText('abc'), gfeText(null)]).toEqual(['GFE abc', 'a GFE without an ID']);
});

it('sentences', () => {
	expect(sentences('not cleared', undefined, '', 'GFE a is  open.')).toBe(
		'Not cleared. GFE a is open.',
	);
});
