import { expect, test } from 'vitest';
import { urlOf } from './call.ts';

test('parameters are put into the path, whatever they hold', () => {
  expect(urlOf('/v1/phone-numbers/{phone_number_id}/history', { params: { phone_number_id: 'a/b?c' } })).toBe(
    '/v1/phone-numbers/a%2Fb%3Fc/history',
  );
});

test('equal questions have equal addresses', () => {
  const one = urlOf('/v1/phone-numbers', { query: { q: 'a b', page_size: 50 } });
  expect(one).toBe(urlOf('/v1/phone-numbers', { query: { page_size: 50, q: 'a b' } }));
  expect(one).toBe('/v1/phone-numbers?page_size=50&q=a+b');
});

test('what is not asked is not sent', () => {
  expect(urlOf('/v2/ai-agents', { query: { q: '', page_token: undefined } })).toBe('/v2/ai-agents');
});
