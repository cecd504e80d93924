import { describe, expect, test } from 'vitest';
import { phoneNumberListQuerySchema } from '#contract/numbers/list/phone-number-list.ts';
import { urlOf } from '#client/api/call.ts';
import {
  activeFilters,
  DEFAULT_SORT,
  filterNames,
  firstPageQuery,
  listHref,
  nextSort,
  readListFilters,
  searchOf,
} from './list-url.ts';
import { mendListSearch } from './mend-list-search.ts';

const everyFilter =
  '?q=%2B44%20desk&provider=sip&provider=pia&agent_id=none&agent_id=a3&inbound_agent_id=a1&outbound_agent_id=a2' +
  '&routed_agent_id=a4&answering_now=voicemail&country=BD&country=none&region=bd&label_all=vip%26co&label_any=100%2541' +
  '&label_none=x&connection=c1&link_state=drift&link_state=held&has_labels=true&has_credential=false&changed_since=2026-11-01T00:00:00.000Z&fingerprint=0123abcd&sort=-country';

describe('the address of the list', () => {
  test('every filter survives the way into the address and back', () => {
    const filters = readListFilters(everyFilter);
    expect(activeFilters(filters)).toEqual(filterNames.filter((name) => name !== 'deleted'));
    expect(readListFilters(searchOf(filters))).toEqual(filters);
    expect(filters).toMatchObject({
      q: '+44 desk',
      provider: ['pia', 'sip'],
      label_all: ['vip&co'],
      label_any: ['100%41'],
      sort: '-country',
    });
  });

  test('nobody answers a deleted number, and the list of them has one order', () => {
    const filters = readListFilters('?deleted=true&answering_now=voicemail&provider=sip');
    expect(activeFilters(filters)).toEqual(['provider', 'deleted']);
    expect(firstPageQuery(filters)).not.toHaveProperty('sort');
    expect(activeFilters(readListFilters('?deleted=perhaps'))).toEqual([]);
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

  test('a label by itself is one that a number must carry', () =>
    expect(readListFilters('?label=vip&label_all=night').label_all).toEqual(['night', 'vip']));
});

describe('an address that is old or made by hand', () => {
  const tooLong = 'x'.repeat(300);
  test.for([
    ['?sort=number', ''],
    ['?sort=updated_at&sort=number', '?sort=updated_at'],
    ['?provider=foo', ''],
    ['?provider=foo&provider=sip&provider=sip', '?provider=sip'],
    ['?provider=toString&region=mars&country=bangladesh', ''],
    ['?q=a&q=b', '?q=a'],
    [`?q=${tooLong}`, `?q=${tooLong.slice(0, 200)}`],
    ['?agent_id=no%20id&inbound_agent_id=%00', ''],
    ['?label_any=%E2%80%8B&label_none=a%00b&label_all=%20vip', '?label_all=vip'],
    [`?label_any=${tooLong}`, ''],
    ['?has_labels=yes&has_credential=1&fingerprint=xyz', ''],
    ['?changed_since=soon', ''],
    ['?changed_since=2026-11-01T06:00:00%2B06:00', '?changed_since=2026-11-01T00%3A00%3A00.000Z'],
    ['?changed_since=%2B123456-01-01T00:00:00Z', ''],
    ['?label=vip', '?label_all=vip'],
    ['?provider=fax&tab=routing', '?tab=routing'],
    ['?%E0%A4%A&provider=sip&&=', '?%E0%A4%A&provider=sip&&='],
    ['?utm_source=mail&q=desk', '?utm_source=mail&q=desk'],
  ] as const)('%s becomes %s', ([search, mended]) => {
    expect(mendListSearch(search)).toBe(mended);
    expect(mendListSearch(mended)).toBe(mended);
  });

  test('is never asked with what the API refuses', () => {
    const hostile = ['', ' ', '0', 'none', 'null', '-1', '__proto__', '\u202e', '\ud800', '{a,b}', tooLong];
    for (const name of [...filterNames, 'label', 'sort'])
      for (const value of hostile) {
        const search = new URLSearchParams({ [name]: value }).toString();
        const asked = phoneNumberListQuerySchema.safeParse(firstPageQuery(readListFilters(search)));
        expect([name, value, asked.error?.issues]).toEqual([name, value, undefined]);
      }
    const many = new URLSearchParams(Array.from({ length: 80 }, (_, at) => ['agent_id', `agent${at}`]));
    expect(readListFilters(String(many)).agent_id).toHaveLength(50);
  });
});

describe('the request of the first page', () => {
  const url = (search: string) =>
    urlOf('/v1/phone-numbers', { query: firstPageQuery(readListFilters(search)) });

  test('is the same for the same question, however the address is ordered', () => {
    expect(url('?provider=sip&q=desk')).toBe(url('?q=desk&provider=sip'));
    expect(url('?provider=twilio&provider=sip')).toBe(url('?provider=sip&provider=twilio'));
    expect(url('')).toBe('/v1/phone-numbers?include=total%2Canswering_now&page_size=50&sort=-updated_at');
  });

  test('carries every filter', () => {
    expect(url('?q=a b&fingerprint=0123abcd&region=global&region=bd')).toBe(
      '/v1/phone-numbers?fingerprint=0123abcd&include=total%2Canswering_now&page_size=50&q=a+b&region=bd&region=global&sort=-updated_at',
    );
  });
});

describe('sorting by a column', () => {
  test('turns round on the second press', () => {
    expect(nextSort('-updated_at', 'friendly_name')).toBe('friendly_name');
    expect(nextSort('friendly_name', 'friendly_name')).toBe('-friendly_name');
    expect(nextSort('-friendly_name', 'friendly_name')).toBe('friendly_name');
    expect(nextSort('-updated_at', 'provider')).toBe('provider');
  });

  test('shows the newest first', () => expect(nextSort('phone_number', 'updated_at')).toBe('-updated_at'));
});
