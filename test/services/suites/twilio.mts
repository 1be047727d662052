import { at, startBench, type Bench, type Reply } from '../support.mts';

let bench: Bench;
let account: string;
let authorization: string;
const basic = (user: string, password: string) =>
	`Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
beforeAll(async () => {
	bench = await startBench();
	const { accountSid, authToken } = bench.twilio.credential().data as Record<string, string>;
	account = accountSid!;
	authorization = basic(accountSid!, authToken!);
});
beforeEach(() => bench.reset());
afterAll(() => bench.stop());

const FORM = {
	From: '+15005550006',
	To: '+12025550187',
	Body: 'Your exam is waiting',
	StatusCallback: '',
};
const text = (form: Record<string, string>, as = authorization, sid = account): Promise<Reply> =>
	bench.send('POST', `https://api.twilio.com/2010-04-01/Accounts/${sid}/Messages.json`, {
		form,
		headers: { authorization: as },
	});

test('a text is queued and kept', async () => {
	const reply = await text(FORM);
	expect(reply.status).toBe(201);
	expect(reply.data).toMatchObject({
		status: 'queued',
		to: FORM.To,
		from: FORM.From,
		error_code: null,
	});
	expect(bench.twilio.textsTo(FORM.To)).toEqual([FORM.Body]);
	const url = `https://api.twilio.com/2010-04-01/Accounts/${account}.json`;
	expect((await bench.send('GET', url, { headers: { authorization } })).status).toBe(200);
});

test.each<[string, Partial<typeof FORM>, number]>([
	['no recipient', { To: '' }, 21604],
	['a recipient in national form', { To: '(202) 555-0187' }, 21211],
	['a recipient that is too short', { To: '+1202' }, 21211],
	['no sender', { From: '' }, 21603],
	['a sender that is no number', { From: 'SPA' }, 21212],
	['a number that is not the account’s', { From: '+15005550001' }, 21606],
	['itself as recipient', { To: '+15005550006' }, 21266],
	['no text', { Body: '' }, 21602],
	['a text of 1,601 letters', { Body: 'x'.repeat(1601) }, 21617],
	['a callback that is no URL', { StatusCallback: 'desk' }, 21609],
])('%s is refused', async (_, change, code) => {
	const reply = await text({ ...FORM, ...change });
	const more_info = `https://www.twilio.com/docs/errors/${code}`;
	expect(reply.status).toBe(400);
	expect(reply.data).toEqual({ code, message: expect.any(String), more_info, status: 400 });
	expect(bench.twilio.messages).toEqual([]);
});

test('a recipient who answered STOP gets nothing', async () => {
	bench.twilio.unsubscribed.add(FORM.To);
	expect(at(await text(FORM), 'code')).toBe(21610);
	expect(bench.twilio.textsTo(FORM.To)).toEqual([]);
});

test('who may not, does not: a wrong token, no token, another account', async () => {
	for (const as of [basic(account, 'guessed'), 'Bearer x', '']) {
		const reply = await text(FORM, as);
		expect([reply.status, at(reply, 'code')]).toEqual([401, 20003]);
	}
	const other = await text(FORM, authorization, 'AC2');
	expect([other.status, at(other, 'code')]).toEqual([404, 20404]);
});

test('faults: too many requests, token taken back, down', async () => {
	const codes = [];
	for (const fault of ['limited', 'revoked', 'down'] as const) {
		bench.twilio.fail(fault, { times: 1 });
		const reply = await text(FORM);
		codes.push([reply.status, at(reply, 'code')]);
	}
	expect(codes).toEqual([
		[429, 20429],
		[401, 20003],
		[503, 20503],
	]);
	expect(bench.twilio.messages).toEqual([]);
});
