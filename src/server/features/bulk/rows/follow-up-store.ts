import type { Queryable } from '#server/platform/db/database.ts';

/* What another plan can be made of after a job: what it left, to be tried again, and what it made, to be taken back. */

/** The numbers that a job refused or left alone, behind this place of its plan. */
export const selectLeft = (
  queryable: Queryable,
  jobId: string,
  after: number,
  limit: number,
): Promise<{ place: number; phone_number_id: string; phone_number: string }[]> =>
  queryable.query(
    `select r.place, r.phone_number_id, r.phone_number from bulk_row r
     join bulk_job j on j.plan_id = r.plan_id
     where j.id = $1 and r.place > $2 and r.phone_number_id is not null
       and (r.outcome in ('refused', 'conflict') or r.planned = 'refused'
         or (r.outcome is null and r.planned = 'changed'))
     order by r.place limit $3`,
    [jobId, after, limit],
  );

// An undo keeps the places of the job that it takes back. What one that ended before its time has put back is not put
// back once more, unless that undo was itself taken back.
const isToUndo = `r.made_version is not null and not exists (
  select from bulk_job u join bulk_row back on back.plan_id = u.plan_id and back.place = r.place
  where u.undoes = j.id and back.outcome in ('changed', 'unchanged') and not exists (
    select from bulk_job again join bulk_row redone on redone.plan_id = again.plan_id and redone.place = r.place
    where again.undoes = u.id and redone.outcome in ('changed', 'unchanged')))`;

/** What of a job there is to take back, behind this place of its plan: numbers at the versions that it made of them. */
export const selectMade = (
  queryable: Queryable,
  jobId: string,
  after: number,
  limit: number,
): Promise<{ place: number; phone_number_id: string; phone_number: string; made_version: number }[]> =>
  queryable.query(
    `select r.place, r.phone_number_id, r.phone_number, r.made_version from bulk_row r
     join bulk_job j on j.plan_id = r.plan_id where j.id = $1 and r.place > $2 and ${isToUndo} order by r.place limit $3`,
    [jobId, after, limit],
  );

/** How many these are in all. */
export const countMade = async (queryable: Queryable, jobId: string): Promise<number> => {
  const text = `select count(*) as numbers from bulk_row r join bulk_job j on j.plan_id = r.plan_id
    where j.id = $1 and ${isToUndo}`;
  return Number((await queryable.query<{ numbers: number }>(text, [jobId]))[0]?.numbers ?? 0);
};
