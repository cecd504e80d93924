import { describe, expect } from 'vitest';
import { sipTerminationUriSchema } from '#contract/providers.ts';
import { test } from '#server/testing/test-app.ts';
import { addNumber, expectProblem, patchNumber, pointersOf, trunk } from '#server/testing/given.ts';

const good = [
  'sip.carrier.example',
  'sip.carrier.example:5060',
  'SIP.Carrier.Example.',
  'trunk',
  '203.0.113.24',
  '203.0.113.24:5080',
  '[2001:db8::1]',
  '[2001:db8::1]:5061',
  'sip:carrier.example',
  'sips:carrier.example:5061',
  'sip:voice@edge.carrier.example;transport=tls',
  'sip:+15551234@203.0.113.24:5060;transport=udp',
  'SIP:user@host.example;transport=TCP',
  'sip:[2001:db8::1]:5060',
  'under_score.example',
  '  padded.example  ',
];
const bad = [
  '',
  ' ',
  'trunk one.example',
  'trunk.example\r\nX-Injected: 1',
  'http://carrier.example',
  'tel:+14155552671',
  'carrier.example:0',
  'carrier.example:65536',
  'carrier.example:port',
  'carrier.example:',
  '300.1.1.1',
  '1.2.3',
  '[2001:db8::zz]',
  '2001:db8::1',
  '[2001:db8::1',
  '-carrier.example',
  'carrier..example',
  '.example',
  'sip:',
  'sip:@carrier.example',
  'sip:carrier.example;transport=pigeon',
  'sip:carrier.example;transport=',
  'carrier.example;transport=tls',
  'sip:carrier.example?header=x',
  'sip:carrier.example;lr',
  'user@carrier.example',
  '<sip:carrier.example>',
  'carrier.example/path',
  `${'a'.repeat(64)}.example`,
  `${'a.'.repeat(127)}example`,
  'xn--ৰ.example',
];

describe('a SIP termination URI', () => {
  test.for(good)('%j is stored as given, trimmed', async (uri, { cordboard }) => {
    const number = await addNumber(cordboard.as('operator'), { ...trunk, sip_termination_uri: uri });
    expect(number).toMatchObject({ sip_termination_uri: uri.trim() });
  });

  test.for(bad)('%j is refused', (uri) => {
    expect(sipTerminationUriSchema.safeParse(uri).success).toBe(false);
  });

  test('that is malformed is refused with its field, and nothing is stored', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const number = await addNumber(as, trunk);
    const body = { sip_termination_uri: 'trunk one.example', notes: 'kept?' };
    const problem = expectProblem(await as.request('PATCH', `/v1/phone-numbers/${number._id}`, { body }), 422, 'validation_failed');
    expect(pointersOf(problem)).toEqual(['/sip_termination_uri invalid_sip_uri']);
    expect(await patchNumber(as, number._id, {})).toEqual(number);
  });
});
