import { expect, test } from 'vitest';
import { readAccountSid, readAuthToken, readSecret } from './credential-text.ts';
import { MASK } from '#contract/primitives.ts';

test.for(['x'.repeat(256), 'pa•ss', '*star*', 'two ** stars', '٭', 'a b'])(
  '%j is a secret as it stands',
  (secret) => expect(readSecret(secret, 256)).toEqual({ value: secret }),
);

test.for<[string, string]>([
  [MASK, 'mask_without_credential'],
  ['•', 'mask_in_credential'],
  ['•'.repeat(20), 'mask_in_credential'],
  ['********', 'mask_in_credential'],
  ['*', 'mask_in_credential'],
  [' •••• ', 'mask_in_credential'],
  [`${MASK}typed`, 'mask_in_credential'],
  [`typed${MASK}`, 'mask_in_credential'],
  ['••••typed••••', 'mask_in_credential'],
  ['•a•b•c•d•e•f•g•', 'mask_in_credential'],
  ['•••typed', 'mask_in_credential'],
  ['********typed', 'mask_in_credential'],
  ['secret ', 'unseen_characters'],
  ['x'.repeat(257), 'too_big'],
])('%j is none: %s', ([secret, code]) => expect(readSecret(secret, 256)).toMatchObject({ code }));

const form = 'an account SID is AC followed by 32 hexadecimal digits.';
test.for<[string, string]>([
  ['SK123', `It does not begin with AC: ${form}`],
  ['AC123', `These are 5 characters instead of 34: ${form}`],
  [`AC${'g'.repeat(32)}`, `Its character 3 is none of 0–9 and a–f: ${form}`],
  ['', `Nothing is written: ${form}`],
])('the account SID %j is refused by what is wrong with it', ([sid, message]) =>
  expect(readAccountSid(sid)).toMatchObject({ message }),
);

test('of a million characters is refused, too', () => {
  const text = `AC${' \u200b'.repeat(500_000)}x`;
  expect(readSecret(text, 256)).toMatchObject({ code: 'too_big' });
  expect(readAuthToken(text)).toMatchObject({ code: 'too_big' });
  expect(readAccountSid(text)).toMatchObject({ code: 'invalid_format' });
});

test('an account SID is read without what nobody sees around it, a token is not', () => {
  expect(readAccountSid(` AC${'0a'.repeat(16)}\u200b`)).toEqual({ value: `AC${'0a'.repeat(16)}` });
  expect(readAuthToken('0A'.repeat(16))).toEqual({ value: '0A'.repeat(16) });
  expect(readAuthToken(`${'0a'.repeat(16)} `)).toMatchObject({ message: 'It ends with a space. Remove it.' });
  expect(readAuthToken('0a'.repeat(15))).toMatchObject({
    message: 'These are 30 characters instead of 32: an auth token is 32 hexadecimal digits.',
  });
});
