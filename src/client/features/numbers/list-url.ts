import type {
  PhoneNumberListQueryInput,
  PhoneNumberSort,
  PhoneNumberSortField,
} from '#contract/numbers/phone-number-list.ts';

/** The filters of the list, by the API's own names: the address of the page is the question to the API. */
export const filterNames = [
  'q',
  'provider',
  'inbound_agent_id',
  'outbound_agent_id',
  'agent_id',
  'routed_agent_id',
  'answering_now',
  'region',
  'label',
  'fingerprint',
  'deleted',
] as const;
export type FilterName = (typeof filterNames)[number];

export type ListFilters = { readonly [name in FilterName]?: string } & { readonly sort: PhoneNumberSort };

/** What the console shows first; the API's own default is `-created_at`. */
export const DEFAULT_SORT: PhoneNumberSort = '-updated_at';

export const PAGE_ROWS = 50;

/**
 * A value the API does not know is kept, so that the API says so instead of a list that silently shows
 * everything.
 */
export const readListFilters = (search: string): ListFilters => {
  const params = new URLSearchParams(search);
  const filters: Record<string, string> = { sort: params.get('sort') || DEFAULT_SORT };
  for (const name of filterNames) {
    const value = params.get(name)?.trim();
    if (value) filters[name] = value;
  }
  if (filters['deleted'] !== 'true') delete filters['deleted'];
  // Nobody answers a deleted number.
  else delete filters['answering_now'];
  return filters as ListFilters;
};

/** The query part of an address that shows these filters: empty, or with its question mark. */
export const searchOf = (filters: ListFilters): string => {
  const params = new URLSearchParams();
  for (const name of filterNames) {
    const value = filters[name];
    if (value) params.set(name, value);
  }
  if (filters.sort !== DEFAULT_SORT) params.set('sort', filters.sort);
  return params.size > 0 ? `?${params}` : '';
};

export const listHref = (filters: ListFilters) => `/numbers${searchOf(filters)}`;
export const phoneNumberHref = (id: string, filters: ListFilters) =>
  `/numbers/${encodeURIComponent(id)}${searchOf(filters)}`;

/** Filters narrow the list; the order does not. */
export const activeFilters = (filters: ListFilters): FilterName[] =>
  filterNames.filter((name) => filters[name] !== undefined);

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

export const sortFieldOf = (sort: string) => sort.replace(/^-/, '');

/**
 * A column's first press sorts as people expect of it (newest first, names from A), the next turns it round.
 */
export const nextSort = (current: PhoneNumberSort, field: PhoneNumberSortField): PhoneNumberSort => {
  if (current === field) return `-${field}`;
  if (current === `-${field}`) return field;
  return field.endsWith('_at') ? `-${field}` : field;
};
