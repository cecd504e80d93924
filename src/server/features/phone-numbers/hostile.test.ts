import { describe, expect } from 'vitest';
import { phoneNumberSchema } from '#contract/numbers/phone-numbers.ts';
import { trimmed } from '#contract/reading/text.ts';
import { test } from '#server/testing/test-app.ts';
import { addNumber, anyNumber, expectProblem, getNumber, listNumbers } from '#server/testing/given.ts';
import { trunk } from '#server/testing/samples.ts';

const texts = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '=HYPERLINK("http://evil.example","open")',
  "'; drop table phone_number; --",
  '\u202egnp.exe',
  'e\u0301 vs \u00e9 vs \ufb01',
  'ﷺ'.repeat(40),
  '👩‍👩‍👧‍👦🏳️‍🌈',
  '\u{10FFFF}',
  'ʼn İ ß ŉ',
  '%s %n ${x} {{x}} \\ \\\\ \\u0000',
  '__proto__',
  'null',
  'x'.repeat(1_000_000),
  'nul \u0000 inside',
  'escape \u001b[31m',
  'line\u2028separator',
  'lone \udc00 surrogate',
  'next \u0085 line',
];

describe('hostile text', () => {
  test('in every field is stored as the text it is, or refused with the field named', async ({
    cordboard,
  }) => {
    const as = cordboard.as('operator');
    const number = await addNumber(as, trunk);
    const path = `/v1/phone-numbers/${number._id}`;
    for (const text of texts) {
      const patches: Record<string, unknown>[] = [
        { friendly_name: text },
        { notes: text },
        { labels: [text] },
        { metadata: { key: text } },
        { metadata: { [text]: 'value' } },
        { sip_termination_uri: text },
        { sip_trunk_username: text },
        { sip_trunk_password: text },
        { inbound_agent_id: text },
        { [text]: text },
      ];
      for (const patch of patches) {
        const answer = await as.request('PATCH', path, { body: patch });
        expect([200, 422, 413]).toContain(answer.status);
        if (answer.status !== 200) continue;
        const stored = await getNumber(as, number._id);
        expect(phoneNumberSchema.parse(answer.body)).toEqual(stored);
        const [field = '', value] = Object.entries(patch)[0] ?? [];
        const isName = field === 'friendly_name' || field === 'sip_termination_uri';
        const read = isName ? trimmed(String(value)).normalize('NFC') : value;
        if (typeof value === 'string' && field !== 'sip_trunk_password')
          expect(stored).toMatchObject({ [field]: read });
      }
    }
    expect((await listNumbers(as)).phone_numbers).toHaveLength(1);
    expect(cordboard.logLines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });

  test('in every parameter is an answer below 500', async ({ cordboard }) => {
    const as = cordboard.as('admin');
    await addNumber(as);
    const parameters = [
      'q',
      'label',
      'provider',
      'inbound_agent_id',
      'answering_now',
      'country',
      'label_any',
      'label_none',
      'has_labels',
      'changed_since',
      'page_token',
      'sort',
      'fingerprint',
      'skip',
      'page_size',
      'nonsense',
    ];
    for (const text of texts
      .filter(({ length }) => length < 1000)
      .concat('x'.repeat(201), '%', '_', '\\', '٣', '1e9', '-0', '0x10'))
      for (const parameter of parameters)
        for (const path of ['/v1/phone-numbers', '/v1/labels', '/v2/ai-agents', '/v1/audit-events']) {
          const { status } = await as.request(
            'GET',
            `${path}?${new URLSearchParams({ [parameter]: text }).toString()}`,
          );
          expect(status).toBeLessThan(500);
        }
    for (const id of ['%00', '%ff', '..%2f..', 'a'.repeat(5000), '%E0%A4%A', "'", '💥'])
      expect((await as.request('GET', `/v1/phone-numbers/${id}`)).status).toBeLessThan(500);
    expect(cordboard.logLines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });
});

describe('a body that is no JSON object', () => {
  const path = '/v1/phone-numbers';
  const given = () => JSON.stringify({ phone_number: anyNumber(), provider: 'pia' });

  test('is refused by what is wrong with it, and nothing is stored', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const post = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
      as.request('POST', path, { body, headers });
    expectProblem(await post('{"phone_number":'), 400, 'invalid_json');
    expectProblem(await post(''), 400, 'invalid_json');
    expectProblem(await post(new Uint8Array([0x7b, 0xff, 0x7d])), 400, 'invalid_json');
    expectProblem(await post(`{"notes":"${'x'.repeat(4 * 1024 * 1024)}"}`), 413, 'body_too_large');
    expectProblem(await post(given(), { 'content-type': 'text/plain' }), 415, 'unsupported_media_type');
    expectProblem(
      await post(given(), { 'content-type': 'application/x-www-form-urlencoded' }),
      415,
      'unsupported_media_type',
    );
    for (const body of ['[]', 'null', '"text"', '7', `${'['.repeat(50_000)}${']'.repeat(50_000)}`])
      expect((await post(body)).status).toBe(422);
    expectProblem(
      await post(`{"__proto__":{"provider":"pia"},"phone_number":"${anyNumber()}"}`),
      422,
      'unknown_field',
    );
    expect((await listNumbers(as)).phone_numbers).toEqual([]);
  });
});
