import { expect, test } from 'vitest';
import { nextPage } from './next-page.ts';

const after = (next: string) => nextPage(`?next=${encodeURIComponent(next)}`);

test('the page that asked for a sign-in is shown after it', () => {
  expect(after('/numbers/5f?sort=phone_number')).toBe('/numbers/5f?sort=phone_number');
});

test('without one the list is shown', () => expect(nextPage('')).toBe('/numbers'));

test.each([
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/.//evil.example',
  '/numbers/%2e%2e//evil.example',
  'javascript:alert(1)',
  '/a\nb',
  '/sign-in',
  '/sign-in?next=/x',
  '/set-up#t',
])('a link cannot lead to %j', (next) => expect(after(next)).toBe('/numbers'));
