import { mentionsPatient } from '../../../../nodes/Spakinect/domain/patient/mention';

const PATIENT = ['Li', 'Núñez Wu', 'li.nunez@mail.example', '+12025550147', '1987-11-23'];

it.each([
	['a name of two letters', 'Botox for Li'],
	['a name beside punctuation', 'Botox (LI)'],
	['a name without its accents', 'NUNEZ Botox'],
	['a part of the last name', 'Wu, Botox'],
	['a longer name inside of a word', 'botox_núñez2'],
	['the email', 'Botox li.nunez@mail.example'],
	['the phone without its country code', 'Botox 202-555-0147'],
	['the phone in brackets', 'Botox (202) 555 0147'],
	['the date of birth', 'Botox 1987-11-23'],
	['the date of birth in another form', 'Botox 11/23/1987'],
	['the beginning of a name', 'Botox - Nuñ.'],
	['the name in the email', 'pt li.nunez'],
	['a part of the name in the email', 'Botox nunez'],
	["somebody else's email", 'Botox ada@mail.example'],
	["somebody else's phone", 'Botox 312 555 0199'],
	['a day', 'Botox on 3.4.2026'],
])('%s', (_what, text) => {
	expect(mentionsPatient(text, PATIENT)).toBe(true);
});

it.each([
	'Botx',
	'Lip filler 1 ml',
	'Botox - 20 units (new client)',
	'Wulong peel',
	'Laser 1987',
	'Botox 10-20 units',
	'PRP 3x 60 min, 2-3 areas',
])('%s says nothing of the patient', (text) => {
	expect(mentionsPatient(text, PATIENT)).toBe(false);
});

it('nor does anything if nothing of the patient is known', () => {
	expect(mentionsPatient('Botox for Li', [undefined, null, ''])).toBe(false);
});
