import type { RoutedNumber } from '#contract/numbers/routing.ts';
import type { Queryable } from '#server/platform/db/database.ts';

/** The columns of a phone number that decisions are made from. */
export interface RoutedRow extends RoutedNumber {
  id: string;
  version: number;
  /**
   * How a caller's number without + is read: `international`, as national of this country (ISO 3166
   * alpha-2), or null: not at all.
   */
  sip_caller_format: string | null;
}

const columns = `id, phone_number, inbound_agent_id, outbound_agent_id, version, settings ->> 'sip_caller_format' as sip_caller_format,
  routing, call_handling, temporary_reassignment`;

/** The next numbers in the order of their ids. */
export const selectRoutedPage = (
  queryable: Queryable,
  afterId: string,
  limit: number,
): Promise<RoutedRow[]> =>
  queryable.query(
    {
      name: 'route_page',
      text: `select ${columns} from phone_number where deleted_at is null and id > $1 order by id limit $2`,
    },
    [afterId, limit],
  );

/** These numbers, deleted ones too. */
export const selectRoutedByIds = (
  queryable: Queryable,
  ids: readonly string[],
): Promise<(RoutedRow & { is_deleted: boolean })[]> =>
  queryable.query(
    {
      name: 'route_by_ids',
      text: `select ${columns}, deleted_at is not null as is_deleted from phone_number where id = any ($1)`,
    },
    [ids],
  );

export const selectRoutedByNumber = async (
  queryable: Queryable,
  phoneNumber: string,
): Promise<RoutedRow | undefined> =>
  (
    await queryable.query<RoutedRow>(
      {
        name: 'route_by_number',
        text: `select ${columns} from phone_number where phone_number = $1 and deleted_at is null`,
      },
      [phoneNumber],
    )
  )[0];

/** About how many there are. */
export const estimateNumbers = async (queryable: Queryable): Promise<number> => {
  const text = `select reltuples::float8 as numbers from pg_class where oid = 'phone_number'::regclass`;
  return (await queryable.query<{ numbers: number }>({ name: 'route_estimate', text }))[0]?.numbers ?? 0;
};

/** With the number's country, for lint. */
export interface CountryRow extends RoutedRow {
  country: string | null;
}

export const selectRoutedById = async (queryable: Queryable, id: string): Promise<CountryRow | undefined> =>
  (
    await queryable.query<CountryRow>(
      {
        name: 'route_by_id',
        text: `select ${columns}, country from phone_number where id = $1 and deleted_at is null`,
      },
      [id],
    )
  )[0];
