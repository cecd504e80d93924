import type { AuditAction } from '#contract/audit-events.ts';
import type { Queryable, Transaction } from '#server/platform/db/database.ts';

export type CredentialAct = 'revealed' | 'set';

interface Who {
  kind: string;
  id: string;
}

const found: Record<CredentialAct, string> = {
  revealed: `action = 'credential.revealed'`,
  set: `changes @? '$.*.secret'`,
};

/** Whether someone did this more than `acts` times within the last minutes. */
export const isBurst = async (
  queryable: Queryable,
  { kind, id }: Who,
  act: CredentialAct,
  { acts, minutes }: { acts: number; minutes: number },
): Promise<boolean> => {
  const rows = await queryable.query(
    `select 1 from audit_event where actor_id = $1 and actor_kind = $2 and at > now() - make_interval(mins => $3)
       and at <= clock_timestamp() and ${found[act]}
     order by id desc offset $4 limit 1`,
    [id, kind, minutes, acts],
  );
  return rows.length > 0;
};

// Any number, so long as no other lock has it.
const BURSTS_LOCK = 7_412_607;

/** No other instance records a burst until the transaction ends. */
export const lockBursts = async (tx: Transaction): Promise<void> => {
  await tx.query('select pg_advisory_xact_lock($1)', [BURSTS_LOCK]);
};

export const isBurstRecorded = async (
  queryable: Queryable,
  { kind, id }: Who,
  action: AuditAction,
): Promise<boolean> => {
  // What is dated in the future was recorded before the clock was set back.
  const text = `select 1 from audit_event where actor_id = $1 and actor_kind = $2 and action = $3
    and at > now() - interval '1 hour' and at <= clock_timestamp() limit 1`;
  return (await queryable.query(text, [id, kind, action])).length > 0;
};
