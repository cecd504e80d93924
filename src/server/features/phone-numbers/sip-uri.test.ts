import { describe, expect } from 'vitest';
import { hostAndPortOf } from '#contract/reading/host-and-port.ts';
import { sipTerminationUriSchema } from '#contract/numbers/field-values.ts';
import { bareSipAddress } from '#contract/reading/sip-address.ts';
import { test } from '#server/testing/test-app.ts';
import { addNumber, expectProblem, patchNumber, pointersOf } from '#server/testing/given.ts';
import { trunk } from '#server/testing/samples.ts';

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
  'carrier.example;transport=tls',
  '203.0.113.24:5060;TRANSPORT=TLS;lr',
  '[2001:db8::1]:5061;transport=udp',
  'sip:carrier.example;lr',
  'sip:carrier.example;transport=sctp;user=phone;ttl=15;method=INVITE',
  'acme.pstn.twilio.com;edge=dublin',
  'sip:acme.pstn.twilio.com;region=ie1;Edge=dublin;lr=on',
  `sip:${'u'.repeat(128)}@carrier.example`,
  'sip:+15551234;phone-context=example@carrier.example;user=phone',
  'sip:a%20b@carrier.example;x=%41[]/:&+$',
];

const bad: [uri: string, message: RegExp][] = [
  ['', /Nothing is written/],
  [' ', /Nothing is written/],
  ['trunk one.example', /Remove a space, behind “trunk”/],
  ['trunk.example\u200b.net', /Remove a zero-width space \(U\+200B\), behind/],
  ['trunk.example\r\nX-Injected: 1', /line breaks/],
  ['http://carrier.example', /“http:\/\/” begins no SIP address/],
  ['tel:+14155552671', /“tel:” begins no SIP address/],
  ['sip://carrier.example', /Leave out the \/\/ behind sip:/],
  ['carrier.example:0', /“0” is no port/],
  ['carrier.example:65536', /“65536” is no port: ports are 1 to 65535/],
  ['carrier.example:port', /“port” is no port/],
  ['carrier.example:', /no port behind the colon/],
  ['300.1.1.1', /“300.1.1.1” is no IP address/],
  ['1.2.3', /“1.2.3” is no IP address/],
  ['[2001:db8::zz]', /“2001:db8::zz” is no IPv6 address/],
  ['2001:db8::1', /stands in square brackets/],
  ['[2001:db8::1', /does not end in \]/],
  ['-carrier.example', /“-carrier” begins or ends with a dash/],
  ['carrier..example', /nothing between two dots/],
  ['.example', /nothing before its first dot/],
  ['sip:', /There is no host/],
  ['sip:@carrier.example', /no user before the @/],
  ['sip:carrier.example;transport=pigeon', /;transport=pigeon is no transport/],
  ['sip:carrier.example;transport=', /;transport= has no value/],
  ['sip:carrier.example;user', /;user= has no value/],
  ['sip:carrier.example;edge=', /;edge= has no value/],
  ['sip:carrier.example;ttl=300', /;ttl=300 is no number from 0 to 255/],
  ['sip:carrier.example;lr;LR', /;lr is there twice/],
  ['sip:carrier.example;', /nothing behind one of its semicolons/],
  ['sip:carrier.example;maddr=10.0.0.1', /Leave out ;maddr=/],
  ['sip:carrier.example;MAddr=10.0.0.1', /Leave out ;maddr=/],
  ['sip:user:secret@carrier.example', /There is a password in it/],
  ['sip:carrier.example?header=x', /Leave out “\?header=x”/],
  ['user@carrier.example', /Write sip: before it/],
  ['sip:a@b@carrier.example', /more than one @/],
  ['sip:a"b@carrier.example', /“"” cannot stand in its user\. Write it as %22/],
  ['sip:a%zz@carrier.example', /“%zz” in its user is no escape/],
  [`sip:${'u'.repeat(129)}@carrier.example`, /Its user has 129 characters; 128 is the most/],
  ['<sip:carrier.example>', /Leave out the angle brackets/],
  ['carrier.example/path', /Leave out “\/path”/],
  [`${'a'.repeat(64)}.example`, /has 64 characters/],
  [`${'a.'.repeat(127)}example`, /These are 261 characters; an address has at most 255/],
  ['xn--ৰ.example', /“ৰ” cannot stand in a SIP address\. Write a host of other scripts in its xn-- form/],
];

test.for([
  ['<sip:carrier.example;lr>', 'sip:carrier.example;lr', ['the angle brackets']],
  ['"Carrier" <sip:+1555@carrier.example>;tag=1', 'sip:+1555@carrier.example', ['the angle brackets']],
  ['sip:carrier.example?Subject=x', 'sip:carrier.example', ['“?Subject=x”']],
  ['< sip:a@carrier.example?x=y >', 'sip:a@carrier.example', ['the angle brackets', '“?x=y”']],
  ['carrier.example', 'carrier.example', []],
] as const)('pasted as %j it is %j', ([pasted, address, takenOff]) => {
  expect(bareSipAddress(pasted)).toEqual({ address, takenOff });
});

test.for<[string, string]>([
  ['sip:user@Carrier.example:5060;transport=tls', 'Carrier.example:5060'],
  ['sips:[2001:db8::1]:5061', '[2001:db8::1]:5061'],
  ['carrier.example;edge=dublin', 'carrier.example'],
  ['sip:a;b?c@carrier.example', 'carrier.example'],
])('of %s host and port are %s', ([address, place]) => expect(hostAndPortOf(address)).toBe(place));

describe('a SIP termination URI', () => {
  test.for(good)('%j is stored as given, trimmed', async (uri, { cordboard }) => {
    const number = await addNumber(cordboard.as('operator'), { ...trunk, sip_termination_uri: uri });
    expect(number).toMatchObject({ sip_termination_uri: uri.trim() });
  });

  test.for(bad)('%j is refused by the part that is wrong: %s', ([uri, message]) => {
    expect(sipTerminationUriSchema.safeParse(uri).error?.issues[0]?.message).toMatch(message);
  });

  test('that is malformed is refused with its field, and nothing is stored', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const number = await addNumber(as, trunk);
    const body = { sip_termination_uri: 'trunk one.example', notes: 'kept?' };
    const problem = expectProblem(
      await as.request('PATCH', `/v1/phone-numbers/${number._id}`, { body }),
      422,
      'validation_failed',
    );
    expect(pointersOf(problem)).toEqual(['/sip_termination_uri invalid_sip_uri']);
    expect(await patchNumber(as, number._id, {})).toEqual(number);
  });
});
