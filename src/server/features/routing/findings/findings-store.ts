import type { Queryable } from '#server/platform/db/database.ts';
import type { CountryRow } from '#server/features/routing/memory/store.ts';

export interface SuspectRow extends Omit<CountryRow, 'sip_caller_format'> {
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
