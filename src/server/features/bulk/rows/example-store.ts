import type { BulkJobDetail } from '#contract/bulk/jobs.ts';
import type { BulkExample } from '#contract/bulk/plans.ts';
import type { Queryable } from '#server/platform/db/database.ts';

/** As a plan keeps it: with the place of its row. */
export type StoredExample = Omit<BulkExample, 'friendly_name'> & { place: number };

/** The examples of the plan of this alias, each with the name that its number has today; which of them, where asked. */
export const toldExamples = (plan: string, which = 'true'): string =>
  `(select coalesce(jsonb_agg((e.example - 'place') || jsonb_build_object('friendly_name', n.friendly_name) order by e.at), '[]')
    from jsonb_array_elements(${plan}.examples) with ordinality as e (example, at)
    left join phone_number n on n.id = e.example ->> 'phone_number_id' where ${which})`;

// Of those that an ended job never came to, nothing became.
const cameTrue = `not exists (
  select from bulk_row r where r.plan_id = p.id and r.place = (e.example ->> 'place')::integer
    and (r.outcome not in ('created', 'changed') or (r.outcome is null and j.ended_at is not null)))`;

export type Planned = Pick<BulkJobDetail, 'examples' | 'filter'>;

/**
 * By what a job's numbers were selected, and what its plan showed of them, without those of which something else
 * became. Who shares a credential is not for everybody who sees the job.
 */
export const selectPlanned = async (queryable: Queryable, jobId: string): Promise<Planned> => {
  const text = `select ${toldExamples('p', cameTrue)} as examples,
      case when p.selection -> 'filter' ? 'fingerprint' then null else p.selection -> 'filter' end as filter
    from bulk_job j join bulk_plan p on p.id = j.plan_id where j.id = $1`;
  return (await queryable.query<Planned>(text, [jobId]))[0] ?? { examples: [], filter: null };
};
