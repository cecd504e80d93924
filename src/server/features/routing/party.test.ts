import { expect, test } from 'vitest';
import { pseudoNumbers } from '#routing/pseudo-numbers.ts';
import { readOurEnd, readParty } from './party.ts';

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
  'sip:+14155552671@anonymous.invalid',
  'sip:anonymous.invalid',
  'RESTRICTED',
  'sip:Unavailable@pbx.example;user=phone',
  'sips:unknown@10.0.0.1:5061',
  'tel:private',
  'sip:caller@unknown',
  'sip:restricted',
  '"Unknown" <sip:c@pbx.example>;tag=1',
  'Private <sip:pbx.example>',
])('%s is withheld', (address) => {
  expect(readParty(address)).toEqual({ number: null, country: null, isAnonymous: true });
});

test.for([...pseudoNumbers])('%s stands for withheld', (sent) => {
  for (const address of [sent, `sip:${sent}@pbx.example`])
    expect(readParty(address)).toEqual({ number: null, country: null, isAnonymous: true, sent });
});

test.for([
  ['14155559999', 'international', '+14155559999'],
  ['sip:442079460958@pbx.example', 'international', '+442079460958'],
  ['02079460958', 'international', null],
  ['201', 'international', null],
  ['020 7946 0958', 'GB', '+442079460958'],
  ['2079460958', 'GB', '+442079460958'],
  ['442079460958', 'GB', '+442079460958'],
  ['01711204418', 'BD', '+8801711204418'],
  ['(415) 555-2671', 'US', '+14155552671'],
  ['14155552671', 'US', '+14155552671'],
  ['011442079460958', 'US', '+442079460958'],
  ['+442079460958', 'US', '+442079460958'],
  ['00442079460958', 'US', '+442079460958'],
  ['201', 'GB', null],
  ['reception', 'GB', null],
  ['4155552671', 'AQ', null],
] as const)('%s on a trunk that writes %s is %s', ([address, format, number]) => {
  expect(readParty(address, 'inbound', format)).toMatchObject({ number, isAnonymous: false });
});

test.for([
  ['+14155552671', '+14155552671', true],
  ['14155552671', '+14155552671', false],
  ['0014155552671', '+14155552671', true],
  ['sip:14155552671@pbx.example;transport=tls', '+14155552671', false],
  ['"+1000" <sip:00%2014155552671:x@pbx.example>;tag=1', '+14155552671', true],
  ['tel:1-415-555-2671', '+14155552671', false],
  ['14155552671@pbx.example', '+14155552671', false],
  ['+44 (0)20 7946 0958', '+442079460958', true],
  ['sip:+14155552671@anonymous.invalid', '+14155552671', true],
] as const)('our end of %s is %s', ([address, number, isInternational]) => {
  expect(readOurEnd(address)).toEqual({ number, isInternational });
});

test.for([
  null,
  '',
  '201',
  'desk',
  'sip:desk@pbx.example',
  'sip:pbx.example',
  '+0123456',
  '+1234567890123456',
  '14155552671x5',
])('no end of ours can be read from %s', (address) => expect(readOurEnd(address)).toBeNull());

test.for([
  ['201', '201'],
  ['sip:reception@pbx.example', 'reception'],
  ['sip:pbx.example', 'sip:pbx.example'],
  ['tel:911', '911'],
  ['sip:%zz@x', '%zz'],
  ['+0123456', '+0123456'],
  ['+1234567890123456', '+1234567890123456'],
  ['sip:14155559999@pbx.example', '14155559999'],
  ['"Anonymous" <sip:14155559999@pbx.example>', '14155559999'],
  ['"Private" <sip:201@unknown>', '201'],
  ['<', '<'],
  ['sip:@', 'sip:@'],
])('%s could not be read', ([address = null, sent]) => {
  expect(readParty(address)).toEqual({ number: null, country: null, isAnonymous: false, sent });
});

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
  expect(
    ['+14155552671', '+16135550123', '+8801711000000', '+441534500000', '+99912345'].map(
      (number) => readParty(number).country,
    ),
  ).toEqual(['US', 'CA', 'BD', 'JE', null]);
});

test('a caller whose range no country is known to have is of the main country of its code; one that we call is not', () => {
  expect(readParty('+15655550100')).toMatchObject({ country: 'US', isCountryOfCode: true });
  expect(readParty('+15655550100', 'outbound')).toMatchObject({ country: null, isCountryOfCode: false });
  expect(readParty('+16135550123')).toMatchObject({ country: 'CA', isCountryOfCode: false });
  // Of no country at all: a satellite network, and a code that nobody has.
  expect(readParty('+88213000000').country).toBeNull();
  expect(readParty('+99912345')).toMatchObject({ country: null, isCountryOfCode: false });
});
