import { Suspense, useState, type MouseEvent } from 'react';
import { Link } from 'wouter';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { toApiError } from '#client/api/api-error.ts';
import { FormError } from '#client/components/form/field.tsx';
import { RelativeTime } from '#client/components/relative-time.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { useAgents } from '#client/features/agents/queries.ts';
import { changeLines } from '#client/features/audit-events/audit-words.ts';
import { ChangeLines } from '#client/features/audit-events/change-lines.tsx';
import { useBusinessHours } from '#client/features/business-hours/queries.ts';
import { useRestorePhoneNumber } from '#client/features/numbers/record-queries.ts';
import { useMay } from '#client/features/sessions/queries.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { useOnce } from '#client/api/use-once.ts';
import { toast } from '#client/lib/toast.ts';
import { restoredMs, restoredWords } from '#client/lib/words/restored.ts';
import { HistoryTab } from './history-tab.tsx';
import { asAdded } from './record-lines.ts';

const DeleteForGoodDialog = lazyPart(() =>
  import('./delete-for-good-dialog.tsx').then((file) => ({ default: file.DeleteForGoodDialog })),
);

// The year is said: what was deleted in December ends in the next one.
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

const Deletion = ({ record }: { record: PhoneNumber }) => {
  const { deleted_at: at = '', deleted_by: by, restorable_until: until } = record;
  return (
    <p className="wrap-anywhere">
      Deleted{' '}
      {by !== undefined && (
        <>
          by <bdi className="font-medium">{by.name}</bdi>,{' '}
        </>
      )}
      <RelativeTime at={at} inSentence />.{' '}
      {until !== undefined && <>Can be restored until {day.format(new Date(until))}.</>}
    </p>
  );
};

/** All that it had, to be read and not changed. */
const WhatItWas = ({ record }: { record: PhoneNumber }) => {
  const agents = useAgents().data;
  const hours = useBusinessHours().data;
  const lines = changeLines(
    asAdded(record),
    (id) => agents?.find(({ ai_agent_id }) => ai_agent_id === id)?.agent_name,
    (id) => hours?.find(({ business_hours_id }) => business_hours_id === id)?.name,
  );
  return (
    <section aria-labelledby="what-it-was" className="grid gap-2">
      <h3 id="what-it-was" className="text-xs font-medium text-ink-3">
        What it was
      </h3>
      <ChangeLines
        // Nothing was added here: it is only read.
        lines={lines.map((line) => ({ ...line, summary: line.summary?.replace(/^added: /, '') }))}
        isFromNothing
      />
    </section>
  );
};

/** A number that is deleted: who deleted it and when, what it was, and the ways back and out. */
export const DeletedNumber = ({
  record,
  onDeletedForGood,
}: {
  record: PhoneNumber;
  onDeletedForGood: () => void;
}) => {
  const mayRestore = useMay('operator');
  const mayErase = useMay('admin');
  const restore = useRestorePhoneNumber();
  const once = useOnce();
  const [isErasing, setIsErasing] = useState(false);
  const number = record.phone_number_international;
  const error = restore.error && toApiError(restore.error);

  const putBack = async ({ currentTarget }: MouseEvent<HTMLElement>) => {
    const sheet = currentTarget.closest<HTMLElement>('[role="dialog"]');
    const asked = [record._id, record.version];
    const { not_restored: lost } = await once(asked, (idempotencyKey) =>
      restore.mutateAsync({ id: record._id, idempotencyKey }),
    );
    // This button is gone with what it stood for: the number is read anew from its title.
    sheet?.focus();
    toast({ message: restoredWords(number, lost), durationMs: restoredMs(lost) });
  };

  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="grid content-start gap-6 px-4 py-5 sm:px-6">
        <div className="grid gap-3">
          <Deletion record={record} />
          {error && <FormError messages={[error.errors[0]?.message ?? error.detail]} />}
          <div className="flex flex-wrap items-center gap-2 empty:hidden">
            {mayRestore && (
              <Button
                isBusy={restore.isPending}
                // What went wrong is shown beside it.
                onClick={(event) => void putBack(event).catch(() => undefined)}
              >
                Restore
              </Button>
            )}
            {error?.presentPhoneNumberId !== undefined && (
              <Link
                href={`/numbers/${error.presentPhoneNumberId}`}
                className="font-medium underline decoration-line-3 underline-offset-3"
              >
                Open the number that is there
              </Link>
            )}
            {mayErase && (
              <Button variant="quietHarm" className="ml-auto" onClick={() => setIsErasing(true)}>
                Delete for good…
              </Button>
            )}
          </div>
        </div>
        <WhatItWas record={record} />
      </div>
      <section aria-label="History" className="border-t">
        <HistoryTab record={record} />
      </section>
      <Suspense>
        {isErasing && (
          <DeleteForGoodDialog
            record={record}
            onClose={() => setIsErasing(false)}
            onDeleted={onDeletedForGood}
          />
        )}
      </Suspense>
    </div>
  );
};
