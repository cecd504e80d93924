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

const SECRET = 'tok"en/4&Zürich-2026-abcdef';
const inBase64 = Buffer.from(`Bearer ${SECRET}`).toString('base64');

test.for([
  ['cut short', SECRET.slice(0, 16)],
  ['its end', SECRET.slice(-12)],
  ['in capitals', SECRET.toUpperCase()],
  ['in base64 behind a word', inBase64.slice(12)],
  ['in base64 of addresses', Buffer.from(`Bearer ${SECRET}`).toString('base64url').slice(12)],
  ['in lower-case percents', encodeURIComponent(SECRET).toLowerCase()],
  ['in HTML', SECRET.replace('"', '&#34;').replace('&Z', '&amp;Z')],
  ['with slashes escaped', SECRET.replace('/', '\\/')],
  ['in escapes of JSON', SECRET.replace('ü', '\\u00fc')],
  ['with a soft hyphen', `${SECRET.slice(0, 14)}\u00ad${SECRET.slice(14)}`],
  ['wrapped', `${SECRET.slice(0, 10)}\n  ${SECRET.slice(10)}`],
])('of a secret %s nothing is quoted that tells of it', ([, form = '']) => {
  expect(quoteUpstream(`It was sent: ${form}`, [SECRET])).toBe('It was sent: ••••••••');
});

test('what looks like a key is not quoted, be it one that nobody sent', () => {
  expect(quoteUpstream('Bearer abc is no eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx', [])).toBe(
    'Bearer •••••••• is no ••••••••',
  );
});

test('words that a secret is not made of are left as they are', () => {
  const said = '100% of R&amp;D: the token is wrong';
  expect(quoteUpstream(said, [SECRET])).toBe(said);
});

test('where a secret is too short to be told from words, nothing is quoted', () => {
  expect(quoteUpstream('a value is bad', ['a'])).toBeNull();
  expect(quoteUpstream('this is bad', ['q'])).toBe('this is bad');
});

test('nothing is quoted of nothing, and of much only the beginning', () => {
  expect(quoteUpstream(' \n', [])).toBeNull();
  expect(quoteUpstream('x'.repeat(5000), [])).toBe(`${'x'.repeat(300)}…`);
});

test('half a character is never quoted, nor made by cutting', () => {
  expect(quoteUpstream('half \ud800 of one', [])).toBe('half \ufffd of one');
  expect(quoteUpstream(`${'x'.repeat(299)}😀😀`, [])).toBe(`${'x'.repeat(299)}\ufffd…`);
});
