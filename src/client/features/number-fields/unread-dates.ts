import { instantIn } from '#client/components/date/moment-words.ts';
import type { PhoneNumberValues } from './phone-number-values.ts';

/*
 * A date field keeps what was typed where it cannot be read, for the form to refuse it at its place. Until
 * then nothing else may read it: engines take many a text for some date.
 */

type Dated = Pick<PhoneNumberValues, 'call_handling' | 'temporary_reassignment'>;

const isRead = (instant: string | null) => instant === null || instantIn(instant) !== null;

export const hasUnreadDate = ({ call_handling: handling, temporary_reassignment: instead }: Dated): boolean =>
  !isRead(instead?.starts_at ?? null) ||
  !isRead(instead?.ends_at ?? null) ||
  (handling.blocked_callers ?? []).some(({ expires_at: end }) => !isRead(end));

/** Without the stand-in and the blocked callers that have such a date. */
export const withoutUnreadDates = <T extends Dated>(values: T): T => {
  if (!hasUnreadDate(values)) return values;
  const { call_handling: handling, temporary_reassignment: instead } = values;
  return {
    ...values,
    temporary_reassignment:
      instead !== null && isRead(instead.starts_at) && isRead(instead.ends_at) ? instead : null,
    call_handling: {
      ...handling,
      blocked_callers: handling.blocked_callers?.filter(({ expires_at: end }) => isRead(end)) ?? null,
    },
  };
};
