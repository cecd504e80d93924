import type { AuditEvent } from '#contract/audit-events.ts';
import { fieldOf, isFieldName, type FieldName } from '#contract/numbers/fields.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { failedMessage, toApiError } from '#client/api/api-error.ts';
import { Button } from '#client/components/ui/button.tsx';
import { fieldName } from '#client/features/audit-events/audit-words.ts';
import { useRestoreVersion, type VersionRestoration } from '#client/features/numbers/record-queries.ts';
import { isLeavingGuarded } from '#client/lib/leave-guard.ts';
import { toast } from '#client/lib/toast.ts';
import { restoredMs, restoredWords } from '#client/lib/words/restored.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** As text, whatever the order of its keys; what says nothing is empty. */
const textOf = (value: unknown): string => {
  const text = JSON.stringify(value, (_, part: unknown) =>
    isRecord(part)
      ? Object.fromEntries(
          Object.entries(part)
            .filter(([, inner]) => inner !== null)
            .toSorted(([a], [b]) => (a < b ? -1 : 1)),
        )
      : part,
  );
  return ['null', '[]', '{}', undefined].includes(text) ? '' : text;
};

/** Restores, says what came of it, and offers the way back. */
const useRestoring = (record: PhoneNumber) => {
  const restore = useRestoreVersion();
  const number = record.phone_number_international;
  const ask = async (asked: VersionRestoration, what: string) => {
    if (isLeavingGuarded())
      return toast({ tone: 'harm', message: 'Save or discard your changes first, then restore.' });
    try {
      const { not_restored: lost, ...stored } = await restore.mutateAsync(asked);
      const undo = { record: stored, version: asked.record.version, fields: asked.fields };
      toast({
        message: restoredWords(what, lost),
        durationMs: restoredMs(lost),
        ...(stored.version > asked.record.version && {
          action: { label: 'Undo', run: () => void ask(undo, `Version ${undo.version}`) },
        }),
      });
    } catch (thrown) {
      const error = toApiError(thrown);
      const message = error.current
        ? 'Someone else has just changed this number. Look at what changed, then restore.'
        : failedMessage(number, 'was not restored', error);
      toast({ tone: 'harm', message });
    }
  };
  return {
    restore: (asked: VersionRestoration, what: string) => void ask(asked, what),
    isBusy: restore.isPending,
  };
};

interface RestoreVersionProps {
  record: PhoneNumber;
  event: AuditEvent;
}

/** The whole state that an event made, where a later one has made another. */
export const RestoreVersion = ({ record, event: { action, version } }: RestoreVersionProps) => {
  const { restore, isBusy } = useRestoring(record);
  const isState = version !== null && action.startsWith('phone_number.') && action !== 'phone_number.deleted';
  if (!isState || version >= record.version) return null;
  return (
    <Button
      size="sm"
      variant="outline"
      className="mt-1 justify-self-start"
      isBusy={isBusy}
      onClick={() => restore({ record, version }, `Version ${version}`)}
    >
      Restore version {version}
    </Button>
  );
};

const isRestorable = (
  record: PhoneNumber,
  { action, changes }: AuditEvent,
  field: string,
): field is FieldName => {
  const change = changes[field];
  if (action !== 'phone_number.updated' || change === undefined || 'secret' in change) return false;
  const { [field as keyof PhoneNumber]: now } = record;
  return isFieldName(field) && fieldOf(field).isFixed !== true && textOf(change.before) !== textOf(now);
};

/** What one field was before an event, where it is another now. */
export const RestoreField = ({ record, event, field }: RestoreVersionProps & { field: string }) => {
  const { restore, isBusy } = useRestoring(record);
  if (event.version === null || !isRestorable(record, event, field)) return null;
  const version = event.version - 1;
  const name = fieldName(field);
  return (
    <Button
      size="sm"
      variant="link"
      className="min-h-6"
      aria-label={`Restore ${name} of version ${version}`}
      isBusy={isBusy}
      onClick={() => restore({ record, version, fields: [field] }, name)}
    >
      Restore
    </Button>
  );
};
