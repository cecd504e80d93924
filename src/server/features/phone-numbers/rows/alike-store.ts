import { hasColumn } from './columns.ts';
import type { Queryable } from '#server/platform/db/database.ts';

export interface Look {
  id: string;
  version: number;
  /** The same of two numbers of one provider that have the same in these columns. */
  look: string;
}

/** What these numbers have in these columns. With routing, each number is like none but itself. */
export const selectLooks = (
  queryable: Queryable,
  ids: readonly string[],
  columns: readonly string[],
): Promise<Look[]> => {
  if (!columns.every(hasColumn)) throw new Error(`No such columns: ${columns.join(', ')}`);
  const values = columns.map((name) => `, p.${name}`).join('');
  const own = columns.includes('routing')
    ? ', case when p.routing is null then null else p.phone_number end'
    : '';
  const text = `select p.id, p.version, md5(jsonb_build_array(p.provider${values}${own})::text) as look
    from phone_number p where p.id = any ($1) and p.deleted_at is null`;
  return queryable.query(text, [ids]);
};
