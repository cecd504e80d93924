import type { AuditChange } from '#contract/audit-events.ts';
import { fieldNames, fieldOf, hasField } from '#contract/numbers/fields.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';

const isEmpty = (value: unknown) =>
  value === null ||
  value === undefined ||
  (typeof value === 'object' && Object.values(value).every((part) => part === null));

/** All that a number has, told as if it had just been added. */
export const asAdded = (record: PhoneNumber): Record<string, AuditChange> => {
  const values: Readonly<Record<string, unknown>> = record;
  const changes: Record<string, AuditChange> = {};
  for (const name of fieldNames) {
    const value = values[name];
    if (!hasField(record.provider, name) || isEmpty(value)) continue;
    changes[name] =
      fieldOf(name).kind === 'credential'
        ? {
            secret: true,
            before_fingerprint: null,
            after_fingerprint: values[`${name}_fingerprint`] as string | null,
          }
        : { before: null, after: value };
  }
  return changes;
};
