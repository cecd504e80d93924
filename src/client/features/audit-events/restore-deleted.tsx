import { useMutation } from '@tanstack/react-query';
import type { AuditEvent } from '#contract/audit-events.ts';
import { RESTORABLE_DAYS } from '#contract/numbers/restorable-days.ts';
import { failedMessage, toApiError } from '#client/api/api-error.ts';
import { call } from '#client/api/call.ts';
import { useOnce } from '#client/api/use-once.ts';
import { Button } from '#client/components/ui/button.tsx';
import { goTo } from '#client/lib/location.ts';
import { toast } from '#client/lib/toast.ts';
import { restoredMs, restoredWords } from '#client/lib/words/restored.ts';

const open = (id: string) => goTo(`/numbers/${encodeURIComponent(id)}`);

/** Whether the deletion can still be taken back, as far as these events tell. */
export const isRestorable = (event: AuditEvent, events: readonly AuditEvent[], now = Date.now()): boolean => {
  const { action, at, subject, version } = event;
  if (action !== 'phone_number.deleted' || now - Date.parse(at) >= RESTORABLE_DAYS * 86_400_000) return false;
  return !events.some((other) => other.subject.id === subject.id && (other.version ?? 0) > (version ?? 0));
};

/** Takes a deletion back from where it is told; then it leads to the number. */
export const RestoreDeleted = ({ event: { subject, version } }: { event: AuditEvent }) => {
  const once = useOnce();
  const name = subject.phone_number_international ?? subject.name;
  const restore = useMutation({
    mutationFn: () =>
      once([subject.id, version], (idempotencyKey) =>
        call('POST /v1/phone-numbers/{phone_number_id}/restore', {
          params: { phone_number_id: subject.id },
          idempotencyKey,
        }),
      ),
    onSuccess: ({ not_restored: lost }) =>
      toast({ message: restoredWords(name, lost), durationMs: restoredMs(lost) }),
    onError: (thrown) => {
      const present = toApiError(thrown).presentPhoneNumberId;
      toast({
        tone: 'harm',
        message: failedMessage(name, 'was not restored', thrown),
        ...(present !== undefined && { action: { label: 'Open it', run: () => open(present) } }),
      });
    },
  });
  return (
    // One button for both, so that the focus stays.
    <Button
      size="sm"
      variant="outline"
      className="mt-1 justify-self-start"
      aria-label={`${restore.isSuccess ? 'Open' : 'Restore'} ${name}`}
      isBusy={restore.isPending}
      onClick={() => (restore.isSuccess ? open(subject.id) : restore.mutate())}
    >
      {restore.isSuccess ? 'Open' : 'Restore'}
    </Button>
  );
};
