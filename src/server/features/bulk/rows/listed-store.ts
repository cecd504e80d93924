import type { RowOutcome } from '#contract/bulk/plans.ts';
import type { Queryable } from '#server/platform/db/database.ts';

export interface ListedRow {
  place: number;
  phone_number_id: string | null;
  phone_number: string;
  /** As it is called today. */
  friendly_name: string | null;
  line: number | null;
  /** Of a row that is refused: what is wrong with it, place by place. */
  errors: { value: string | null }[] | null;
  outcome: RowOutcome;
  code: string | null;
  message: string | null;
}

interface RowQuery {
  planId: string;
  outcome?: string | undefined;
  code?: string | undefined;
  after: number;
  limit: number;
}

const conditions = `r.plan_id = $1 and r.place > $2 and r.outcome is not null
  and ($3::text is null or r.outcome = $3 or ($3 = 'pending' and r.is_waiting)) and ($4::text is null or r.code = $4) order by r.place limit $5`;

const select = (queryable: Queryable, from: string, { planId, after, outcome, code, limit }: RowQuery) =>
  queryable.query<ListedRow>(
    `select r.*, n.friendly_name from (
       select place, phone_number_id, phone_number, line, errors,
         case when is_waiting then 'pending' else outcome end as outcome, code, message from (${from}) r
       where ${conditions}) r left join phone_number n on n.id = r.phone_number_id order by r.place`,
    [planId, after, outcome, code, limit],
  );

const isNotUpstream = `exists (select from number_link l
  where l.phone_number_id = bulk_row.phone_number_id and l.state <> 'synced')`;

/** Of what a job added or changed: so many are not on their platform as they are here. */
export const countNotUpstream = async (queryable: Queryable, planId: string): Promise<number> =>
  (
    await queryable.query<{ count: number }>(
      // From the links, of which there are few that wait.
      `select count(*) as count from bulk_row where plan_id = $1 and outcome in ('created', 'changed')
        and phone_number_id in (select phone_number_id from number_link where state <> 'synced')`,
      [planId],
    )
  )[0]?.count ?? 0;

const own = 'plan_id, place, phone_number_id, phone_number, line, errors';

/** What a plan would do to each. */
export const selectPlannedRows = (queryable: Queryable, query: RowQuery): Promise<ListedRow[]> =>
  select(
    queryable,
    `select ${own}, planned as outcome, false as is_waiting, planned_code as code, planned_message as message from bulk_row`,
    query,
  );

/** What became of each that is done: what the plan found stands where there was nothing to do. */
export const selectDoneRows = (queryable: Queryable, query: RowQuery): Promise<ListedRow[]> =>
  select(
    queryable,
    `select ${own}, outcome in ('created', 'changed') and ${isNotUpstream} as is_waiting,
       coalesce(outcome, case when planned in ('created', 'changed') then null else planned end) as outcome,
       coalesce(code, planned_code) as code, coalesce(message, planned_message) as message from bulk_row`,
    query,
  );
