import { expect, test } from 'vitest';
import { readParty } from './party.ts';

test.for([
  ['+14155552671', '+14155552671'],
  [' 0044 20 7946 0958 ', '+442079460958'],
  ['sip:+14155552671@pbx.example', '+14155552671'],
  ['SIPS:+1-415-555-2671;phone-context=x@pbx.example:5061;transport=tls?subject=a', '+14155552671'],
  ['"Front desk" <sip:+14155552671@pbx.example;user=phone>;tag=1', '+14155552671'],
  ['sip:%2B14155552671:secret@pbx.example', '+14155552671'],
  ['tel:+1-415-555-2671;ext=5', '+14155552671'],
])('%s is a number', ([address, number]) => {
  expect(readParty(address ?? null)).toMatchObject({ number, isAnonymous: false });
});

test.for([
  null,
  '',
  ' ',
  'anonymous',
  'Anonymous',
  'sip:anonymous@anonymous.invalid',
  '"Anonymous" <sip:anonymous@pbx.example>',
  'sip:x@anonymous.invalid',
])('%s is withheld', (address) => {
  expect(readParty(address)).toEqual({ number: null, country: null, isAnonymous: true });
});

test.for(['201', 'sip:reception@pbx.example', 'sip:pbx.example', 'tel:911', 'sip:%zz@x', '+0123456', '+1234567890123456', '<', 'sip:@'])(
  '%s is someone without a number',
  (address) => {
    expect(readParty(address)).toEqual({ number: null, country: null, isAnonymous: false });
  },
);

// Whoever calls chooses the name beside the address, and the parameters behind it: neither says who it is.
test.for([
  ['"<sip:+14155550100@a>" <sip:+8801711111111@c>', '+8801711111111'],
  ['"a@anonymous.invalid" <sip:+8801711111111@c>', '+8801711111111'],
  ['"a \\" <sip:+14155550100@a>" <sip:+8801711111111@c>', '+8801711111111'],
  ['sip:+8801711111111@anonymous.invalid.evil.example', '+8801711111111'],
  ['sip:+8801711111111@b;x=@anonymous.invalid', '+8801711111111'],
  ['sip:+8801711111111@b?x=<sip:+14155550100@a>', '+8801711111111'],
  ['tel:+8801711111111@anonymous.invalid', null],
])('%s is not whom it names beside', ([address, number]) => {
  expect(readParty(address ?? null)).toMatchObject({ number, isAnonymous: false });
});

test('the country is that of the number, also where several share a code', () => {
  expect(['+14155552671', '+16135550123', '+8801711000000', '+441534500000', '+99912345'].map((number) => readParty(number).country)).toEqual([
    'US',
    'CA',
    'BD',
    'JE',
    null,
  ]);
});
