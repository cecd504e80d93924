import type { PhoneNumberListQueryInput } from '#contract/numbers/list/phone-number-list.ts';
import { providerNames, regionNames } from '#contract/numbers/choices.ts';
import { MAX_LABEL, MAX_SEARCH } from '#contract/numbers/limits.ts';
import {
  MAX_FILTER_VALUES,
  NONE,
  phoneNumberSorts,
  type PhoneNumberSort,
  type PhoneNumberSortField,
} from '#contract/numbers/list/list-filters.ts';
import { countryName } from '#client/lib/words/format.ts';
import { linkStateNames } from '#client/lib/words/list-words.ts';

/** A value as the API takes it; nothing where it would refuse it. */
type Reader = (value: string) => string | false;

const oneOf =
  (known: object): Reader =>
  (value) =>
    Object.hasOwn(known, value) && value;
const like =
  (pattern: RegExp): Reader =>
  (value) =>
    pattern.test(value) && value;
const id = like(/^[\w-]{1,64}$/);
const yesOrNo = like(/^(true|false)$/);
// Something in it must be seen.
const label: Reader = (value) =>
  value.length <= 4 * MAX_LABEL &&
  /[^\s\p{DI}\u2800\ufff9-\ufffb]/u.test(value) &&
  !/[\p{Cc}\p{Cs}]/u.test(value) &&
  value;
const instant: Reader = (value) => {
  const at = new Date(value);
  return !Number.isNaN(at.getTime()) && like(/^(?!0000)\d{4}-/)(at.toISOString());
};

const several = {
  provider: oneOf(providerNames),
  inbound_agent_id: id,
  outbound_agent_id: id,
  agent_id: id,
  answering_now: id,
  country: (value: string) =>
    (value === NONE || (/^[A-Z]{2}$/.test(value) && countryName(value) !== value)) && value,
  region: oneOf(regionNames),
  label_all: label,
  label_any: label,
  label_none: label,
  connection: id,
  link_state: oneOf(linkStateNames),
};
const single = {
  q: (value: string) => value.slice(0, MAX_SEARCH).trim(),
  routed_agent_id: id,
  has_labels: yesOrNo,
  has_credential: yesOrNo,
  changed_since: instant,
  fingerprint: like(/^[\da-f]{8}$/),
  deleted: oneOf({ true: '' }),
};

export type SeveralName = keyof typeof several;
export type SingleName = keyof typeof single;
export type FilterName = SeveralName | SingleName;

/** The filters of the list, by the API's own names: the address of the page is the question to the API. */
export const filterNames = [
  'q',
  ...Object.keys({ ...several, ...single }).filter((name) => name !== 'q'),
] as FilterName[];

export type ListFilters = {
  readonly [name in SingleName]?: string;
} & { readonly [name in SeveralName]?: readonly string[] } & { readonly sort: PhoneNumberSort };

/** Undefined takes a filter away. */
export type FilterChanges = Partial<
  Record<SingleName | 'sort', string | undefined> & Record<SeveralName, readonly string[] | undefined>
>;

/** What the console shows first; the API's own default is `-created_at`. */
export const DEFAULT_SORT: PhoneNumberSort = '-updated_at';

export const PAGE_ROWS = 50;

export const sortFieldOf = (sort: string) => sort.replace(/^-/, '') as PhoneNumberSortField;

/** The values of a filter; none where it is not set. */
export const filterValues = (filters: ListFilters, name: FilterName): readonly string[] =>
  [filters[name] ?? []].flat();

/** Only what the API takes: an address that is old or made by hand shows what of it can be shown. */
export const readListFilters = (search: string): ListFilters => {
  const params = new URLSearchParams(search);
  const filters: { sort: string } & Record<string, string | string[]> = { sort: DEFAULT_SORT };
  const sort = params.get('sort');
  if (sort !== null && phoneNumberSorts.includes(sortFieldOf(sort))) filters['sort'] = sort;
  // A label by itself is one of those that a number must carry.
  for (const label of params.getAll('label')) params.append('label_all', label);
  const given = (name: string, read: Reader) =>
    params.getAll(name).flatMap((value) => read(value.trim()) || []);
  for (const [name, read] of Object.entries(several)) {
    const values = [...new Set(given(name, read))].sort().slice(0, MAX_FILTER_VALUES);
    if (values.length > 0) filters[name] = values;
  }
  for (const [name, read] of Object.entries(single)) {
    const [value] = given(name, read);
    if (value !== undefined) filters[name] = value;
  }
  // Nobody answers a deleted number.
  if (filters['deleted'] !== undefined) delete filters['answering_now'];
  return filters as ListFilters;
};

/** The query part of an address that shows these filters: empty, or with its question mark. */
export const searchOf = (filters: ListFilters): string => {
  const params = new URLSearchParams();
  for (const name of filterNames)
    for (const value of filterValues(filters, name)) if (value !== '') params.append(name, value);
  if (filters.sort !== DEFAULT_SORT) params.set('sort', filters.sort);
  return params.size > 0 ? `?${params}` : '';
};

export const listHref = (filters: ListFilters) => `/numbers${searchOf(filters)}`;
export const phoneNumberHref = (id: string, filters: ListFilters) =>
  `/numbers/${encodeURIComponent(id)}${searchOf(filters)}`;

/** Filters narrow the list; the order does not. */
export const activeFilters = (filters: ListFilters): FilterName[] =>
  filterNames.filter((name) => filterValues(filters, name).length > 0);

/**
 * index.html asks for the first page by the same words before any script has run; call.ts then takes that
 * answer.
 */
export const firstPageQuery = ({ sort, ...filters }: ListFilters) =>
  ({
    page_size: PAGE_ROWS,
    // Those that are deleted have one order, and nobody answers them.
    ...(filters.deleted ? { include: 'total' } : { include: 'total,answering_now', sort }),
    ...filters,
  }) as PhoneNumberListQueryInput;

/**
 * A column's first press sorts as people expect of it (newest first, names from A), the next turns it round.
 */
export const nextSort = (current: PhoneNumberSort, field: PhoneNumberSortField): PhoneNumberSort => {
  if (current === field) return `-${field}`;
  if (current === `-${field}`) return field;
  return field.endsWith('_at') ? `-${field}` : field;
};
