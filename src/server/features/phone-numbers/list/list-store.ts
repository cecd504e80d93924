import type { PhoneNumberSortField } from '#contract/numbers/phone-number-list.ts';
import type { Queryable } from '#server/platform/db/database.ts';
import type { Selection } from './selection.ts';
import { recordColumns } from '#server/features/phone-numbers/rows/columns.ts';
import type { PhoneNumberRow } from '#server/features/phone-numbers/rows/row.ts';

export interface Page {
  field: PhoneNumberSortField;
  descending: boolean;
  /** The sort key and, but for phone_number, the id of the last row shown. */
  after: readonly string[] | undefined;
  /** The same of the last row looked at, where the order is cut into slices. */
  until?: readonly string[] | undefined;
  skip: number;
  limit: number;
}

export type ListedRow = PhoneNumberRow & { name_key?: string };

// A phone number is unique among those that are there: it needs no second key.
const keys: Record<PhoneNumberSortField, readonly string[]> = {
  phone_number: ['phone_number'],
  friendly_name: ['name_key', 'id'],
  created_at: ['created_at', 'id'],
  updated_at: ['updated_at', 'id'],
};

/** Where the page after this row begins. */
export const positionOf = (row: ListedRow, field: PhoneNumberSortField): string[] => {
  if (field === 'phone_number') return [row.phone_number];
  const key = field === 'friendly_name' ? (row.name_key ?? '') : row[field];
  return [key, row.id];
};

/**
 * How a page is found. `walk`: down the order's index, until the page is full. `glance`: the same, but not
 * further than so many rows. `gather`: all that match, by whatever index finds them, and then sorted.
 */
export type Way = 'walk' | { glance: number } | 'gather';

const between = (
  { field, descending, after, until }: Omit<Page, 'skip' | 'limit'>,
  add: (value: unknown) => string,
): string => {
  const key = `(${keys[field].join(', ')})`;
  const [beyond, upTo] = descending ? ['<', '>='] : ['>', '<='];
  const values = (position: readonly string[]) => `(${position.map(add).join(', ')})`;
  return `${after ? ` and ${key} ${beyond} ${values(after)}` : ''}${until ? ` and ${key} ${upTo} ${values(until)}` : ''}`;
};

/** Where the order stands so many rows further, whatever matches; undefined beyond its end. */
export const selectPositionAfter = async (
  queryable: Queryable,
  page: Page,
  rows: number,
): Promise<string[] | undefined> => {
  const values: unknown[] = [];
  const add = (value: unknown) => `$${values.push(value)}`;
  const key = keys[page.field];
  const order = key.map((column) => `${column}${page.descending ? ' desc' : ''}`).join(', ');
  const where = `deleted_at is null${between({ ...page, until: undefined }, add)}`;
  const text = `select ${key.join(', ')} from phone_number where ${where} order by ${order} limit 1 offset ${add(rows - 1)}`;
  const [row] = await queryable.query<Record<string, string>>({ text, instants: 'iso' }, values);
  return row && key.map((column) => row[column] ?? '');
};

/** How many rows of a slice match. */
export const countSlice = async (
  queryable: Queryable,
  { where, values: given }: Selection,
  page: Page,
): Promise<number> => {
  const values = [...given];
  const add = (value: unknown) => `$${values.push(value)}`;
  const text = `select count(*) as matching from phone_number where ${where}${between(page, add)}`;
  return (await queryable.query<{ matching: number }>(text, values))[0]?.matching ?? 0;
};

const fromEach = ({ parts }: Selection, columns: string, more = '') =>
  parts.map((part) => `select ${columns} from phone_number where ${part}${more}`).join(' union all ');

/** One page of a selection by keyset. A `glance` may answer fewer rows than there are. */
export const selectPhoneNumbers = (
  queryable: Queryable,
  selection: Selection,
  page: Page,
  way: Way,
): Promise<ListedRow[]> => {
  const values = [...selection.values];
  const add = (value: unknown) => `$${values.push(value)}`;
  const key = keys[page.field];
  const direction = page.descending ? ' desc' : '';
  const order = (alias: string) =>
    `order by ${key.map((column) => `${alias}${column}${direction}`).join(', ')}`;
  const { skip } = page;
  const from = between(page, add);
  const columns = recordColumns + (page.field === 'friendly_name' ? ', p.name_key' : '');
  const where = `where ${selection.where}${from}`;
  const gathered = `${key.join(', ')}${key.includes('id') ? '' : ', id'}`;
  const limit = `limit ${add(page.limit)}${skip === 0 ? '' : ` offset ${add(skip)}`}`;

  if (way === 'walk' && skip === 0) {
    const text = `select ${columns} from phone_number p ${where} ${order('p.')} ${limit}`;
    // Prepared where the best plan is the same for all values: with filters it depends on how many rows they
    // leave.
    if (!selection.isUnfiltered || page.until) return queryable.query({ text, instants: 'iso' }, values);
    return queryable.query(
      {
        name: `list_${page.field}${page.descending ? '_desc' : ''}${page.after ? '_after' : ''}`,
        text,
        instants: 'iso',
      },
      values,
    );
  }
  const found =
    way === 'walk'
      ? `phone_number ${where}`
      : way === 'gather'
        ? // Offset 0 keeps the order from deciding which index finds the rows.
          `(${fromEach(selection, gathered, from)} offset 0) gathered`
        : `(select * from phone_number where deleted_at is null${from} ${order('')} limit ${way.glance}) glanced where ${selection.where}`;
  // The page's ids first: passing over rows, an index alone is walked, and only the page's own rows are
  // fetched.
  const ids = `select id as page_id from ${found} ${order('')} ${limit}`;
  const text = `select ${columns} from (${ids}) page join phone_number p on p.id = page_id ${order('p.')}`;
  return queryable.query({ text, instants: 'iso' }, values);
};

/** How many rows match, counted up to `atMost`. */
export const countPhoneNumbers = async (
  queryable: Queryable,
  selection: Selection,
  atMost: number,
): Promise<number> => {
  const { values } = selection;
  const text = `select count(*) as matching from (${fromEach(selection, '1')} limit $${values.length + 1}) counted`;
  const [row] = await queryable.query<{ matching: number }>(text, [...values, atMost]);
  return row?.matching ?? 0;
};

/** How many rows the planner expects to match, roughly. */
export const estimatePhoneNumbers = async (
  queryable: Queryable,
  { forEstimate: { where, values } }: Selection,
): Promise<number> => {
  const [row] = await queryable.query<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(
    `explain (format json) select 1 from phone_number where ${where}`,
    values,
  );
  return row?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
};
