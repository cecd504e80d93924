import { useQueryClient } from '@tanstack/react-query';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { useOnce } from '#client/api/use-once.ts';
import { fieldLabels } from '#client/features/number-fields/phone-number-values.ts';
import { useRestorePhoneNumber } from '#client/features/numbers/record-queries.ts';
import { listsKey, oneKey } from '#client/features/numbers/records.ts';
import { toast } from '#client/lib/toast.ts';
import type { useSavePhoneNumber } from './use-save-phone-number.ts';
import type { StaleSave } from './use-stale-save.ts';

const listOf = new Intl.ListFormat('en-GB', { type: 'conjunction' });

interface RestoreOptions {
  base: PhoneNumber;
  stale: StaleSave;
  saving: Pick<ReturnType<typeof useSavePhoneNumber>, 'run' | 'saveOver'>;
}

/**
 * Brings back a number that someone deleted under the hand, then saves what is typed over it. Where both
 * changed the same field the number is back, and the save waits for the choice.
 */
export const useRestoreAndSave = ({ base, stale, saving }: RestoreOptions): (() => void) => {
  const client = useQueryClient();
  const restore = useRestorePhoneNumber();
  const once = useOnce();
  const restoreOnce = () =>
    once(base._id, (idempotencyKey) => restore.mutateAsync({ id: base._id, idempotencyKey }));
  return () =>
    void saving.run(async () => {
      const restored = await restoreOnce();
      // It is here again, for this sheet and for the list.
      client.setQueryData(oneKey(base._id), restored);
      void client.invalidateQueries({ queryKey: listsKey, refetchType: 'none' });
      const { merged, conflicts } = stale.merge(restored);
      if (conflicts.length > 0) {
        toast({ message: `${base.phone_number_international} restored. Your changes wait for your choice.` });
        return null;
      }
      if (merged.length === 0) stale.settle();
      const saved = await saving.saveOver(restored);
      const others = listOf.format(merged.map((field) => fieldLabels[field]));
      toast({
        message: [
          `${base.phone_number_international} restored${saved === null ? '' : ' and saved'}`,
          ...(others === '' ? [] : [`Changed meanwhile, and kept: ${others}`]),
        ].join('. '),
      });
      return saved;
    });
};
