import type { Queryable } from '#server/platform/db/database.ts';
import type { CountryRow } from '#server/features/routing/memory/store.ts';

/** What is looked at of a number. */
export type LintedRow = Omit<CountryRow, 'sip_caller_format'>;

export interface SuspectRow extends LintedRow {
  phone_number_international: string;
  friendly_name: string | null;
}

// Each part walks an index in the order of the ids, or gathers the few numbers of retired agents: offset 0
// keeps the order from walking past all numbers in search of them.
const selectSuspectsText = `with suspect as (
    (select id from phone_number where routing is not null and deleted_at is null and id >= $1 order by id limit $2)
    union
    (select id from phone_number where inbound_agent_id is null and deleted_at is null and id >= $1 order by id limit $2)
    union
    (select id from (
      select id from phone_number where inbound_agent_id = any ($3) and deleted_at is null offset 0
    ) of_retired where id >= $1 order by id limit $2)
    union
    (select id from (
      select id from phone_number where outbound_agent_id = any ($3) and deleted_at is null offset 0
    ) of_retired where id >= $1 order by id limit $2)
    order by id limit $2
  )
  select p.id, p.phone_number, p.phone_number_international, p.friendly_name, p.country, p.inbound_agent_id, p.outbound_agent_id, p.version,
    p.routing, p.call_handling, p.temporary_reassignment
  from suspect join phone_number p on p.id = suspect.id order by p.id`;

/**
 * The next numbers, from this id on, with which something can be wrong: with rules, without an inbound agent,
 * or of a retired agent.
 */
export const selectSuspects = (
  queryable: Queryable,
  retiredIds: readonly string[],
  fromId: string,
  limit: number,
): Promise<SuspectRow[]> =>
  queryable.query({ name: 'route_suspects', text: selectSuspectsText }, [fromId, limit, retiredIds]);

/** From which countries the numbers are that go by each hours. */
export const selectHoursCountries = (queryable: Queryable): Promise<{ id: string; country: string }[]> =>
  queryable.query({
    name: 'route_hours_countries',
    text: `select business_hours_id as id, country from phone_number
      where business_hours_id is not null and deleted_at is null and country is not null group by business_hours_id, country order by 1, 2`,
  });

/** The next numbers with rules behind this id. */
export const selectRouted = (queryable: Queryable, afterId: string, limit: number): Promise<LintedRow[]> =>
  queryable.query(
    {
      name: 'count_findings_routed',
      text: `select id, phone_number, country, inbound_agent_id, outbound_agent_id, version, routing, call_handling, temporary_reassignment
        from phone_number where routing is not null and deleted_at is null and id > $1 order by id limit $2`,
    },
    [afterId, limit],
  );

/**
 * Of the next numbers behind this id that have no inbound agent, how many have no rules either; `last` is null
 * where none was left.
 */
export const countUnanswered = async (
  queryable: Queryable,
  afterId: string,
  limit: number,
): Promise<{ unanswered: number; looked: number; last: string | null }> => {
  const text = `select count(*) filter (where is_plain) as unanswered, count(*) as looked, max(id) as last from (
      select id, routing is null as is_plain from phone_number
      where inbound_agent_id is null and deleted_at is null and id > $1 order by id limit $2
    ) slice`;
  const [row] = await queryable.query<{ unanswered: number; looked: number; last: string | null }>(
    { name: 'count_unanswered', text },
    [afterId, limit],
  );
  return row ?? { unanswered: 0, looked: 0, last: null };
};

/** How often numbers have one of these agents as their own, inbound or outbound; so many each way at most. */
export const countNumbersOf = async (
  queryable: Queryable,
  agentIds: readonly string[],
  most: number,
): Promise<number> => {
  const of = (column: string) =>
    `(select count(*) from (
        select 1 from phone_number where ${column} = any ($1) and deleted_at is null limit $2) of_these)`;
  const [row] = await queryable.query<{ named: number }>(
    {
      name: 'count_numbers_of',
      text: `select ${of('inbound_agent_id')} + ${of('outbound_agent_id')} as named`,
    },
    [agentIds, most],
  );
  return row?.named ?? 0;
};
