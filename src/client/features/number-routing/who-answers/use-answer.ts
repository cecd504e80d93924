import { useQuery } from '@tanstack/react-query';
import { call } from '#client/api/call.ts';
import { ownZone } from '#client/components/time-zone/time-zones.ts';
import { usePhoneNumberForm } from '#client/features/number-fields/form-context.ts';
import { valuesOf } from '#client/features/number-fields/phone-number-values.ts';
import { toPatch } from '#client/features/number-fields/to-patch.ts';
import { hasUnreadDate } from '#client/features/number-fields/unread-dates.ts';
import { useDebounced } from '#client/lib/use-debounced.ts';
import { useCallValues } from './use-routed-number.ts';

const SETTLE_MS = 300;

export type Direction = 'inbound' | 'outbound';

export interface Question {
  direction: Direction;
  /** Who is at the other end; null where the number is withheld. */
  party: string | null;
  /** An instant; null is now. */
  at: string | null;
}

const askedBy = ({ direction, party, at }: Question) => ({
  direction,
  time_zone: ownZone(),
  ...(direction === 'inbound' ? { from: party } : { to: party }),
  ...(at !== null && { at }),
});

/**
 * The answer to the question that was asked last, kept true while the form is edited. `isUnread`: the form
 * has a date that cannot be read, and nothing is asked before it is put right.
 */
export const useAnswer = (question: Question | null) => {
  const { record } = usePhoneNumberForm();
  const values = useCallValues();
  const isUnread = hasUnreadDate(values);
  const patch = record === null ? {} : toPatch(record, { ...valuesOf(record), ...values });
  const unsaved = useDebounced(JSON.stringify(patch), SETTLE_MS);
  const answer = useQuery({
    queryKey: ['route-preview', record?._id, record?.version, question, unsaved],
    queryFn: ({ signal }) =>
      call('POST /v1/phone-numbers/{phone_number_id}/route/preview', {
        params: { phone_number_id: record?._id ?? '' },
        body: { ...(question && askedBy(question)), ...(JSON.parse(unsaved) as Record<string, never>) },
        signal,
      }),
    enabled: question !== null && record !== null && !isUnread,
    // What the form said before may still hold; an answer to another question would be taken for this one's.
    placeholderData: (before, query) => (query?.queryKey[3] === question ? before : undefined),
    retry: false,
    staleTime: 0,
    gcTime: 10_000,
  });
  return { ...answer, isUnread };
};
