import { useQuery } from '@tanstack/react-query';
import type { Ref } from 'react';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { Button } from '#client/components/ui/button.tsx';
import { readHistory } from '#client/features/numbers/queries.ts';
import { phoneNumbersKey } from '#client/features/numbers/records.ts';
import { useMe } from '#client/features/sessions/queries.ts';
import { exactTime } from '#client/lib/words/format.ts';

interface DeletedPanelProps {
  ref: Ref<HTMLButtonElement>;
  record: PhoneNumber;
  hasChanges: boolean;
  isBusy: boolean;
  onRestore: () => void;
}

/** Over a form whose number was deleted while it was edited: who did it, when, and the way on. */
export const DeletedPanel = ({ ref, record, hasChanges, isBusy, onRestore }: DeletedPanelProps) => {
  const me = useMe();
  const { data: event } = useQuery({
    queryKey: [...phoneNumbersKey, 'deletion', record._id, record.version],
    queryFn: async ({ signal }) => {
      const { audit_events } = await readHistory(record._id, 5, undefined, signal);
      return audit_events.find(({ action }) => action === 'phone_number.deleted') ?? null;
    },
    staleTime: 0,
    gcTime: 10_000,
  });
  const isMine = event?.actor.id === me.operator_id;
  return (
    <section
      role="alert"
      aria-label="This number was deleted"
      className="mx-4 mb-4 grid gap-2 rounded-lg border border-cord bg-cord-wash px-3 py-2.5 sm:mx-6"
    >
      <h3 className="font-semibold wrap-anywhere">
        <bdi>{isMine ? 'You' : (event?.actor.name ?? 'Someone')}</bdi> deleted this number
        {event && <time dateTime={event.at}> on {exactTime(event.at)}</time>}
      </h3>
      <p className="text-ink-2">
        {hasChanges
          ? 'What you have typed is still here. Restoring brings the number back as it was, and saves your changes over it.'
          : 'Restoring brings it back as it was.'}
      </p>
      <Button
        ref={ref}
        size="sm"
        variant="outline"
        className="justify-self-start"
        isBusy={isBusy}
        onClick={onRestore}
      >
        {hasChanges ? 'Restore and save mine' : 'Restore'}
      </Button>
    </section>
  );
};
