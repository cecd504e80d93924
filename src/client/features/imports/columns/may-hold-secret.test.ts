import { expect, test } from 'vitest';
import { mayHoldSecret } from './may-hold-secret.ts';

test.for<[string, string[], boolean]>([
  ['Rufnummer', ['+49 30 23125014', '004930231250'], false],
  ['Sid', [`PN${'0a'.repeat(16)}`], false],
  ['Voice URL', ['https://voice.example/answer?id=0123456789abcdef0123'], false],
  ['Record', ['7d1f6c1e-3b9d-4c11-9a52-8c1b6f0a2d34'], false],
  ['Monkey', ['Front desk'], false],
  ['Trunk Passwort', ['edge-7'], true],
  ['api_key', ['edge-7'], true],
  ['PIN', ['1234'], true],
  ['Column 7', ['old', '0a'.repeat(16)], true],
])('%s of %j: %s', ([heading, values, isSo]) => {
  expect(mayHoldSecret(heading, values)).toBe(isSo);
});
