import type { Database, Transaction } from '#server/platform/db/database.ts';

export interface JobRow {
  id: string;
  kind: string;
}

export const insertJob = async (tx: Transaction, { id, kind }: JobRow): Promise<void> => {
  await tx.query('insert into job (id, kind) values ($1, $2)', [id, kind]);
};

const claimText = `update job set leased_by = $1, leased_until = now() + make_interval(secs => $2)
  where id = (
    select id from job where kind = any ($3) and (leased_until is null or leased_until < now())
    order by created_at, id limit 1 for update skip locked
  ) returning id, kind`;

/** The oldest that nobody holds, for so many seconds; of these kinds. */
export const claimJob = async (
  database: Database,
  holder: string,
  seconds: number,
  kinds: readonly string[],
): Promise<JobRow | undefined> =>
  (await database.query<JobRow>({ name: 'claim_job', text: claimText }, [holder, seconds, kinds]))[0];

/** Holds it for so many seconds more. Says whether it was still held. */
export const renewLease = async (
  database: Database,
  id: string,
  holder: string,
  seconds: number,
): Promise<boolean> => {
  const text =
    'update job set leased_until = now() + make_interval(secs => $3) where id = $1 and leased_by = $2 returning id';
  return (await database.query({ name: 'renew_job', text }, [id, holder, seconds])).length > 0;
};

/** Lets it go: somebody takes it up again, after so many seconds at the earliest. */
export const releaseJob = async (
  database: Database,
  id: string,
  holder: string,
  afterSeconds: number,
): Promise<void> => {
  const text =
    'update job set leased_by = null, leased_until = now() + make_interval(secs => $3) where id = $1 and leased_by = $2';
  await database.query(text, [id, holder, afterSeconds]);
};

export const deleteJob = async (database: Database, id: string): Promise<void> => {
  await database.query('delete from job where id = $1', [id]);
};
