import { describe, expect, test } from 'vitest';
import { urlOf } from '#client/api/call.ts';
import {
  activeFilters,
  DEFAULT_SORT,
  firstPageQuery,
  listHref,
  nextSort,
  readListFilters,
  searchOf,
} from './list-url.ts';

describe('the address of the list', () => {
  test('every filter survives the way into the address and back', () => {
    const filters = readListFilters(
      '?q=%2B44%20desk&provider=sip&agent_id=none&inbound_agent_id=a1&outbound_agent_id=a2&region=bd&label=vip%26co&fingerprint=0123abcd&sort=phone_number',
    );
    expect(readListFilters(searchOf(filters))).toEqual(filters);
    expect(filters.q).toBe('+44 desk');
    expect(filters.label).toBe('vip&co');
  });

  test('digits stay the text they are', () =>
    expect(listHref(readListFilters('?q=12345'))).toBe('/numbers?q=12345'));

  test('the default order is not written', () => {
    expect(listHref(readListFilters(''))).toBe('/numbers');
    expect(listHref(readListFilters(`?sort=${DEFAULT_SORT}`))).toBe('/numbers');
  });

  test('empty and unknown parameters are no filters', () => {
    expect(activeFilters(readListFilters('?q=&provider=%20&utm_source=mail'))).toEqual([]);
  });

  test('a value the API may refuse is still asked', () =>
    expect(readListFilters('?provider=fax').provider).toBe('fax'));
});

describe('the request of the first page', () => {
  const url = (search: string) =>
    urlOf('/v1/phone-numbers', { query: firstPageQuery(readListFilters(search)) });

  test('is the same for the same question, however the address is ordered', () => {
    expect(url('?provider=sip&q=desk')).toBe(url('?q=desk&provider=sip'));
    expect(url('')).toBe('/v1/phone-numbers?include=total%2Canswering_now&page_size=50&sort=-updated_at');
  });

  test('carries every filter', () => {
    expect(url('?q=a b&fingerprint=0123abcd')).toBe(
      '/v1/phone-numbers?fingerprint=0123abcd&include=total%2Canswering_now&page_size=50&q=a+b&sort=-updated_at',
    );
  });
});

describe('sorting by a column', () => {
  test('turns round on the second press', () => {
    expect(nextSort('-updated_at', 'friendly_name')).toBe('friendly_name');
    expect(nextSort('friendly_name', 'friendly_name')).toBe('-friendly_name');
    expect(nextSort('-friendly_name', 'friendly_name')).toBe('friendly_name');
  });

  test('shows the newest first', () => expect(nextSort('phone_number', 'updated_at')).toBe('-updated_at'));
});
