import type { Queryable, Transaction } from '#server/platform/db/database.ts';

// Any number, so long as no other lock of this program has it.
const OPERATORS_LOCK = 7_412_609;

/** Whoever adds operators or changes who is an admin does so alone, until the transaction ends. */
export const lockOperators = async (tx: Transaction): Promise<void> => {
  await tx.query('select pg_advisory_xact_lock($1)', [OPERATORS_LOCK]);
};

export const hasAdmin = async (db: Queryable): Promise<boolean> =>
  (await db.query(`select 1 from operator where role = 'admin' limit 1`)).length > 0;

export const replaceSetUpLink = async (
  tx: Transaction,
  tokenHash: Buffer,
  expiresAt: Date,
): Promise<void> => {
  await tx.query(
    `insert into set_up_link (token_hash, expires_at) values ($1, $2)
      on conflict (only_one) do update set token_hash = excluded.token_hash, expires_at = excluded.expires_at`,
    [tokenHash, expiresAt],
  );
};

export const deleteSetUpLink = async (tx: Transaction): Promise<void> => {
  await tx.query('delete from set_up_link');
};

export const isSetUpLinkAlive = async (db: Queryable, tokenHash: Buffer, now: Date): Promise<boolean> =>
  (await db.query('select 1 from set_up_link where token_hash = $1 and expires_at > $2', [tokenHash, now]))
    .length > 0;

/** True for the one caller who took it. */
export const takeSetUpLink = async (tx: Transaction, tokenHash: Buffer, now: Date): Promise<boolean> =>
  (
    await tx.query('delete from set_up_link where token_hash = $1 and expires_at > $2 returning 1', [
      tokenHash,
      now,
    ])
  ).length > 0;
