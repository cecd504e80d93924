import type { Queryable } from '#server/platform/db/database.ts';
import { recordColumns } from '#server/features/phone-numbers/rows/columns.ts';
import type { DeletedRow } from '#server/features/phone-numbers/rows/row.ts';
import type { Selection } from './selection.ts';

export interface DeletedPage {
  /** When the last number shown was deleted, and its id. */
  after: readonly string[] | undefined;
  skip: number;
  limit: number;
}

/** Of deleted numbers, the newest deletion first: down an index of their own, whatever is filtered. */
export const selectDeletedPage = (
  queryable: Queryable,
  { where, values: given }: Selection,
  { after, skip, limit }: DeletedPage,
): Promise<DeletedRow[]> => {
  const values = [...given];
  const add = (value: unknown) => `$${values.push(value)}`;
  const beyond = after ? ` and (deleted_at, id) < (${after.map(add).join(', ')})` : '';
  const text = `select ${recordColumns}, p.deleted_at from phone_number p where ${where}${beyond}
    order by p.deleted_at desc, p.id desc limit ${add(limit)} offset ${add(skip)}`;
  return queryable.query({ text, instants: 'iso' }, values);
};
