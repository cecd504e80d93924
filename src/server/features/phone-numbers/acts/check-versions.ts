import type { Transaction } from '#server/platform/db/database.ts';
import type { AuditEventsService } from '#server/features/audit-events/service.ts';
import type { Fingerprints } from '#server/platform/secrets/fingerprints.ts';
import { Problem } from '#server/problem.ts';
import type { RequestContext } from '#server/request-context.ts';
import { notFound } from './outcome.ts';
import type { PhoneNumberRow } from '#server/features/phone-numbers/rows/row.ts';
import { toPhoneNumber } from '#server/features/phone-numbers/rows/to-phone-number.ts';

/**
 * A number that something is to be done to, and the version that whoever asks believes it to have; null where
 * they do not say.
 */
export interface NumberAtVersion {
  id: string;
  version: number | null;
}

interface CheckDependencies {
  auditEvents: Pick<AuditEventsService, 'findFieldsChangedInSet'>;
  fingerprints: Fingerprints;
}

const byId = <Row extends PhoneNumberRow>(rows: readonly Row[]) => new Map(rows.map((row) => [row.id, row]));

/** Sets apart, of the rows that were locked for these, those that may be acted on; of all others, why not. */
export const createVersionCheck =
  ({ auditEvents, fingerprints }: CheckDependencies) =>
  async <Row extends PhoneNumberRow>(
    tx: Transaction,
    { actor }: RequestContext,
    numbers: readonly NumberAtVersion[],
    locked: readonly Row[],
  ) => {
    const rows = byId(locked);
    if (new Set(numbers.map(({ id }) => id)).size < numbers.length)
      throw new Error('A number stands in a set but once');
    const refusals = new Map<string, Problem>();
    const stale: { id: string; version: number; row: Row }[] = [];
    for (const { id, version } of numbers) {
      const row = rows.get(id);
      if (row === undefined) refusals.set(id, notFound());
      else if (version !== null && version !== row.version) stale.push({ id, version, row });
    }
    const changed =
      stale.length === 0 ? undefined : await auditEvents.findFieldsChangedInSet(tx, 'phone_number', stale);
    for (const { id, version, row } of stale) {
      const detail = `You hold version ${version}, but the number is at version ${row.version}. Look at what changed, then try again.`;
      const current = toPhoneNumber(row, fingerprints.shownTo(actor));
      refusals.set(
        id,
        new Problem('version_conflict', detail, { current, changed_fields: changed?.get(id) ?? [] }),
      );
      rows.delete(id);
    }
    return { rows, refusals };
  };

export type VersionCheck = ReturnType<typeof createVersionCheck>;
