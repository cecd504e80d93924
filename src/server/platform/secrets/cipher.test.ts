import { describe, expect, test } from 'vitest';
import { createCipher, SealBroken, type SealedPlace } from './cipher.ts';
import { keyringOf } from './keyring.ts';

const keyring = keyringOf(Buffer.alloc(32, 1));
const cipher = createCipher(keyring);
const place: SealedPlace = {
  table: 'credential',
  rowId: 'a1',
  field: 'sip_trunk_password',
  secretVersion: 3,
};
const refused = (act: () => unknown) => expect(act).toThrow(SealBroken);

describe('a sealed secret', () => {
  test.for(['', 'secret', '•••', 'পাসওয়ার্ড', '\u0000', 'x'.repeat(10_000)])(
    'opens in its place: %j',
    (secret) => {
      expect(cipher.open(cipher.seal(secret, place), place)).toBe(secret);
    },
  );

  test('is never sealed the same twice', () => {
    expect(cipher.seal('secret', place).sealed).not.toEqual(cipher.seal('secret', place).sealed);
  });

  test.for([
    ['another row', { rowId: 'a2' }],
    ['another field', { field: 'twilio_auth_token' }],
    ['another table', { table: 'master_key' }],
    ['an older version put back', { secretVersion: 2 }],
    ['a place whose parts read the same when joined', { rowId: 'a1","sip', field: '_trunk_password' }],
  ] as const)('does not open in %s', ([, moved]) => {
    const sealed = cipher.seal('secret', { ...place, ...moved });
    refused(() => cipher.open(sealed, place));
  });

  test('does not open under another key, nor under another key that claims its id', () => {
    const other = createCipher(keyringOf(Buffer.alloc(32, 2)));
    const { sealed, keyId } = cipher.seal('secret', place);
    refused(() => other.open({ sealed, keyId }, place));
    refused(() => other.open({ sealed, keyId: keyringOf(Buffer.alloc(32, 2)).keyId }, place));
    refused(() => cipher.open({ sealed, keyId: 'made-up' }, place));
  });

  test('does not open with any one bit flipped', () => {
    const { sealed, keyId } = cipher.seal('secret', place);
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const flipped = Buffer.from(sealed);
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      refused(() => cipher.open({ sealed: flipped, keyId }, place));
    }
  });

  test('does not open cut short, with its tag shortened or with more behind it', () => {
    const { sealed, keyId } = cipher.seal('secret', place);
    for (let length = 0; length < sealed.length; length++)
      refused(() => cipher.open({ sealed: sealed.subarray(0, length), keyId }, place));
    for (const tag of [4, 8, 12])
      refused(() => cipher.open({ sealed: sealed.subarray(0, sealed.length - 16 + tag), keyId }, place));
    refused(() => cipher.open({ sealed: Buffer.concat([sealed, Buffer.alloc(1)]), keyId }, place));
  });

  test('says in its error where, never what', () => {
    const { sealed } = cipher.seal('canary', place);
    expect(() => cipher.open({ sealed, keyId: 'x' }, place)).toThrow('sip_trunk_password');
    expect(() => cipher.open({ sealed, keyId: 'x' }, place)).not.toThrow('canary');
  });
});

describe('a fingerprint', () => {
  test('is eight hexadecimal digits, equal for equal secrets, and of another key another', () => {
    expect(cipher.fingerprint('secret')).toMatch(/^[0-9a-f]{8}$/);
    expect(cipher.fingerprint('secret')).toBe(createCipher(keyring).fingerprint('secret'));
    expect(cipher.fingerprint('secret')).not.toBe(cipher.fingerprint('Secret'));
    expect(cipher.fingerprint('secret')).not.toBe(
      createCipher(keyringOf(Buffer.alloc(32, 2))).fingerprint('secret'),
    );
  });
});
