import type { AuditChange } from '#contract/audit-events.ts';
import { storeMark, type StoredMarks } from '#server/platform/secrets/fingerprints.ts';
import type { CredentialChange } from '#server/features/credentials/service.ts';

/** The marks of a number after these changes, which make its next version. */
export const withMarks = (
  stored: StoredMarks,
  changes: readonly CredentialChange[],
  version: number,
): StoredMarks => {
  const marks = { ...stored };
  for (const { name, fingerprint } of changes) {
    if (fingerprint === null) delete marks[name];
    else marks[name] = storeMark({ fingerprint, version });
  }
  return marks;
};

export const auditedCredentials = (changes: readonly CredentialChange[]): Record<string, AuditChange> =>
  Object.fromEntries(changes.map(({ name, audited }) => [name, audited]));
