import type { AuditChange } from '#contract/audit-events.ts';
import type { Queryable } from '#server/platform/db/database.ts';
import type { ShowFingerprint } from '#server/platform/secrets/fingerprints.ts';
import { selectSetBefore, type AuditEventRow } from './store.ts';

type SecretChange = Extract<AuditChange, { secret: true }>;

const isSecret = (change: AuditChange): change is SecretChange => 'secret' in change;

/**
 * The same events for who may not reveal: each fingerprint as the record showed it at that version, before as
 * after, so that the history of a number and the number itself agree. The log keeps what it has.
 */
export const veilChanges = async (
  queryable: Queryable,
  rows: readonly AuditEventRow[],
  veiled: ShowFingerprint,
): Promise<AuditEventRow[]> => {
  const secrets = rows.flatMap(({ id, subject_id, version, changes }) =>
    Object.entries(changes).flatMap(([field, change]) =>
      isSecret(change) ? [{ id, subject_id, version: version ?? 0, field }] : [],
    ),
  );
  if (secrets.length === 0) return [...rows];
  const setBefore = await selectSetBefore(queryable, secrets);

  const veil = (
    { id, subject_id: subject, version }: AuditEventRow,
    field: string,
    change: SecretChange,
  ): SecretChange => {
    const show = (fingerprint: string | null, setBy: number) =>
      fingerprint && veiled(subject, field, { fingerprint, version: setBy });
    return {
      secret: true,
      before_fingerprint: show(change.before_fingerprint, setBefore.get(`${id} ${field}`) ?? 0),
      after_fingerprint: show(change.after_fingerprint, version ?? 0),
    };
  };
  return rows.map((row) => ({
    ...row,
    changes: Object.fromEntries(
      Object.entries(row.changes).map(([field, change]) => [
        field,
        isSecret(change) ? veil(row, field, change) : change,
      ]),
    ),
  }));
};
