import type { Queryable } from '#server/platform/db/database.ts';
import type { PhoneNumberRow } from '#server/features/phone-numbers/rows/row.ts';

export type Pin = Pick<PhoneNumberRow, 'id' | 'phone_number' | 'version'>;

/** The next of those that match, in the order of their ids. */
export const selectPins = (
  queryable: Queryable,
  { where, values }: { where: string; values: readonly unknown[] },
  after: string,
  limit: number,
): Promise<Pin[]> => {
  const text = `select id, phone_number, version from phone_number
    where ${where} and id > $${values.length + 1} order by id limit $${values.length + 2}`;
  return queryable.query(text, [...values, after, limit]);
};

export const selectPinsByIds = (
  queryable: Queryable,
  ids: readonly string[],
  among: string,
  { after, limit }: { after: string; limit: number },
): Promise<Pin[]> => {
  const text = `select id, phone_number, version from phone_number
    where id = any ($1) and ${among} and id > $2 order by id limit $3`;
  return queryable.query(text, [ids, after, limit]);
};
