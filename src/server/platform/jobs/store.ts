import type { Database, Transaction } from '#server/platform/db/database.ts';

export interface JobRow {
  id: string;
  kind: string;
  /** How often it failed since it last came on. */
  failures: number;
}

export const insertJob = async (
  tx: Transaction,
  { id, kind }: Pick<JobRow, 'id' | 'kind'>,
): Promise<void> => {
  await tx.query('insert into job (id, kind) values ($1, $2)', [id, kind]);
};

const claimText = `update job set leased_by = $1, leased_until = now() + make_interval(secs => $2)
  where id = (
    select id from job where kind = $3 and (leased_until is null or leased_until < now())
    order by worked_at nulls first, created_at, id limit 1 for update skip locked
  ) returning id, kind, failures`;

/** The one that nobody holds and that has waited longest, for so many seconds; of these kinds. */
export const claimJob = async (
  database: Database,
  holder: string,
  seconds: number,
  kind: string,
): Promise<JobRow | undefined> =>
  (await database.query<JobRow>({ name: 'claim_job', text: claimText }, [holder, seconds, kind]))[0];

/** Lets it go: somebody takes it up again, after so many seconds at the earliest. */
export const releaseJob = async (
  database: Database,
  { id, failures }: Pick<JobRow, 'id' | 'failures'>,
  holder: string,
  afterSeconds: number,
): Promise<void> => {
  const text = `update job set leased_by = null, leased_until = now() + make_interval(secs => $3),
      worked_at = clock_timestamp(), failures = $4
    where id = $1 and leased_by = $2`;
  await database.query(text, [id, holder, afterSeconds, failures]);
};

/** Lets all go, whoever held them. */
export const releaseAll = async (database: Database): Promise<void> => {
  await database.query('update job set leased_by = null, leased_until = null');
};

export const deleteJob = async (database: Database, id: string): Promise<void> => {
  await database.query('delete from job where id = $1', [id]);
};
