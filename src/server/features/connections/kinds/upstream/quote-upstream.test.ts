import { expect, test } from 'vitest';
import { quoteUpstream } from './quote-upstream.ts';

test.for([
  ['Value hunter2-secret is too weak', 'Value •••••••• is too weak'],
  ['hunter2-secret and hunter2-secret', '•••••••• and ••••••••'],
  [`in base64 ${Buffer.from('hunter2-secret').toString('base64')}`, 'in base64 ••••••••'],
  ['line\nbreaks\u202e and\u0000 signs', 'line breaks and signs'],
])('%j is quoted as %j', ([text, quoted]) => {
  expect(quoteUpstream(text ?? '', ['hunter2-secret', ''])).toBe(quoted);
});

test('a secret is found in the forms in which JSON and addresses write it, and within another', () => {
  const secret = 'a"b\\c&d é';
  for (const form of [secret, JSON.stringify(secret), encodeURIComponent(secret)])
    expect(quoteUpstream(`sent: ${form}`, ['a"b\\', secret])).not.toMatch(/c&d|c%26d/);
});

test('where a secret is too short to be told from words, nothing is quoted', () => {
  expect(quoteUpstream('a value is bad', ['a'])).toBeNull();
  expect(quoteUpstream('this is bad', ['q'])).toBe('this is bad');
});

test('nothing is quoted of nothing, and of much only the beginning', () => {
  expect(quoteUpstream(' \n', [])).toBeNull();
  expect(quoteUpstream('x'.repeat(5000), [])).toBe(`${'x'.repeat(300)}…`);
});
