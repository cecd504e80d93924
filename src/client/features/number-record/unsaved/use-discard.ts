import { useEffect, useEffectEvent } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { valuesOf, type PhoneNumberValues } from '#client/features/number-fields/phone-number-values.ts';
import { goTo } from '#client/lib/location.ts';
import { toast } from '#client/lib/toast.ts';
import { keepTyping } from './keep-typing.ts';
import type { StaleSave } from './use-stale-save.ts';

/** What was typed over which record, as it stood when it was discarded. */
interface Discarded {
  from: PhoneNumber;
  values: PhoneNumberValues;
}

// Long enough to see what is gone.
const UNDO_MS = 10_000;

/** The form that is open, by its number. */
let open: { id: string; takeBack: (discarded: Discarded) => void } | null = null;
/** Wanted back in a form that has been closed since; it may hold a password, so it is kept nowhere else. */
let waiting: Discarded | null = null;

const undo = (discarded: Discarded) => {
  const id = discarded.from._id;
  if (open?.id === id) return open.takeBack(discarded);
  waiting = discarded;
  goTo(`/numbers/${encodeURIComponent(id)}`);
};

interface DiscardOptions {
  form: UseFormReturn<PhoneNumberValues>;
  base: PhoneNumber;
  stale: StaleSave;
}

/**
 * Takes back all that is typed, and can bring it again: also after the sheet was closed, after more was typed,
 * and after someone else has saved.
 */
export const useDiscard = ({ form, base, stale }: DiscardOptions): (() => void) => {
  const takeBack = useEffectEvent(({ from, values }: Discarded) => {
    const before = valuesOf(base);
    const now = structuredClone(form.getValues());
    // Merged with what is newer only where there is something newer: else it comes back letter by letter.
    if (base.version === from.version) form.reset(values);
    else stale.merge(base, { from, values });
    form.reset(keepTyping(form.getValues(), before, now));
    toast({ message: 'Your changes are back' });
  });
  useEffect(() => {
    const own = { id: base._id, takeBack: (discarded: Discarded) => takeBack(discarded) };
    open = own;
    if (waiting?.from._id === own.id) takeBack(waiting);
    waiting = null;
    return () => {
      if (open === own) open = null;
    };
  }, [base._id]);

  return () => {
    const discarded = { from: base, values: structuredClone(form.getValues()) };
    form.reset(valuesOf(base));
    toast({
      message: `Changes to ${base.phone_number_international} discarded`,
      action: { label: 'Undo', run: () => undo(discarded) },
      durationMs: UNDO_MS,
    });
  };
};
