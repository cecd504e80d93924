import type { PhoneNumberSortField } from '#contract/numbers/list/list-filters.ts';
import type { Queryable } from '#server/platform/db/database.ts';
import type { Selection } from './selection.ts';
import { recordColumns } from '#server/features/phone-numbers/rows/columns.ts';
import { orderOf, sortKeyOf, type ListedRow } from './list-order.ts';
import { addingTo, type Add } from './values.ts';

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

/**
 * How a page is found. `walk`: down the order's index, until the page is full. `glance`: the same, but not
 * further than so many rows. `gather`: all that match, by whatever index finds them, and then sorted.
 */
export type Way = 'walk' | { glance: number } | 'gather';

const between = ({ field, descending, after, until }: Omit<Page, 'skip' | 'limit'>, add: Add): string => {
  const key = `(${orderOf(field).join(', ')})`;
  const [beyond, upTo] = descending ? ['<', '>='] : ['>', '<='];
  const values = (position: readonly string[]) => `(${position.map(add).join(', ')})`;
  return `${after ? ` and ${key} ${beyond} ${values(after)}` : ''}${until ? ` and ${key} ${upTo} ${values(until)}` : ''}`;
};

const orderBy = ({ field, descending }: Page) =>
  `order by ${orderOf(field)
    .map((key) => `${key}${descending ? ' desc' : ''}`)
    .join(', ')}`;

/** The rows among which those that match are looked for, in this order. */
const walked = (selection: Selection, page: Page, add: Add): string =>
  ['deleted_at is null', ...selection.rangeOf(page.field, add)].join(' and ') + between(page, add);

/** Where the order stands so many rows further, whatever else matches; undefined beyond its end. */
export const selectPositionAfter = async (
  queryable: Queryable,
  selection: Selection,
  page: Page,
  rows: number,
): Promise<string[] | undefined> => {
  const values: unknown[] = [];
  const add = addingTo(values);
  const where = walked(selection, { ...page, until: undefined }, add);
  const text = `select ${sortKeyOf(page.field).expression} as key, id from phone_number where ${where} ${orderBy(page)} limit 1 offset ${add(rows - 1)}`;
  const [row] = await queryable.query<{ key: string; id: string }>({ text, instants: 'iso' }, values);
  return row && [row.key, row.id].slice(0, orderOf(page.field).length);
};

/** How many rows of a slice match. */
export const countSlice = async (
  queryable: Queryable,
  { where, values: given }: Selection,
  page: Page,
): Promise<number> => {
  const values = [...given];
  const add = addingTo(values);
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
  const add = addingTo(values);
  const { field, skip } = page;
  const order = orderBy(page);
  const columns = recordColumns + (field === 'friendly_name' ? ', p.name_key' : '');
  // Whatever is added must stand in the statement: a value that it does not name has no type.
  const found =
    way === 'walk'
      ? `phone_number p where ${selection.where}${between(page, add)}`
      : way === 'gather'
        ? // Offset 0 keeps the order from deciding which index finds the rows.
          `(${fromEach(selection, `${sortKeyOf(field).column}, id`, between(page, add))} offset 0) gathered`
        : `(select * from phone_number where ${walked(selection, page, add)} ${order} limit ${way.glance}) glanced where ${selection.where}`;
  const limit = `limit ${add(page.limit)}${skip === 0 ? '' : ` offset ${add(skip)}`}`;

  if (way === 'walk' && skip === 0) {
    const text = `select ${columns} from ${found} ${order} ${limit}`;
    // Prepared where the best plan is the same for all values: with filters it depends on how many rows they
    // leave.
    if (!selection.isUnfiltered || page.until) return queryable.query({ text, instants: 'iso' }, values);
    return queryable.query(
      {
        name: `list_${field}${page.descending ? '_desc' : ''}${page.after ? '_after' : ''}`,
        text,
        instants: 'iso',
      },
      values,
    );
  }
  // The page's ids first: passing over rows, an index alone is walked, and only the page's own rows are
  // fetched.
  const ids = `select id as page_id from ${found} ${order} ${limit}`;
  const text = `select ${columns} from (${ids}) page join phone_number p on p.id = page_id ${order}`;
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

export interface Expected {
  /** How many match. */
  rows: number;
  /** What finding all of them costs, in the planner's units: one is a page read in order. */
  cost: number;
}

/** What the planner expects, roughly. */
export const estimatePhoneNumbers = async (
  queryable: Queryable,
  { forEstimate: { where, values } }: Selection,
): Promise<Expected> => {
  const [row] = await queryable.query<{
    'QUERY PLAN': [{ Plan: { 'Plan Rows': number; 'Total Cost': number } }];
  }>(`explain (format json) select 1 from phone_number where ${where}`, values);
  const plan = row?.['QUERY PLAN'][0].Plan;
  return { rows: plan?.['Plan Rows'] ?? 0, cost: plan?.['Total Cost'] ?? 0 };
};
