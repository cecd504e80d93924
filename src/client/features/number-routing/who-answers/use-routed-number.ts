import { useMemo } from 'react';
import { useWatch } from 'react-hook-form';
import type { BusinessHours } from '#contract/business-hours.ts';
import type { RoutedNumber } from '#contract/numbers/routing.ts';
import { useBusinessHours } from '#client/features/business-hours/queries.ts';
import { usePhoneNumberForm } from '#client/features/number-fields/form-context.ts';
import type { PhoneNumberValues } from '#client/features/number-fields/phone-number-values.ts';
import { withoutUnreadDates } from '#client/features/number-fields/unread-dates.ts';

type OfCalls = [
  'inbound_agent_id',
  'outbound_agent_id',
  'routing',
  'call_handling',
  'temporary_reassignment',
];
const ofCalls: OfCalls = [
  'inbound_agent_id',
  'outbound_agent_id',
  'routing',
  'call_handling',
  'temporary_reassignment',
];

/** What the form has of what a call is routed by, saved or not. */
export const useCallValues = (): Pick<PhoneNumberValues, OfCalls[number]> => {
  const [inbound_agent_id, outbound_agent_id, routing, call_handling, temporary_reassignment] = useWatch<
    PhoneNumberValues,
    OfCalls
  >({
    name: ofCalls,
  });
  return useMemo(
    () => ({ inbound_agent_id, outbound_agent_id, routing, call_handling, temporary_reassignment }),
    [inbound_agent_id, outbound_agent_id, routing, call_handling, temporary_reassignment],
  );
};

/** The number as the form has it, saved or not, and the hours it goes by. */
export const useRoutedNumber = (): { number: RoutedNumber; hours: BusinessHours | null } => {
  const { record } = usePhoneNumberForm();
  const values = useCallValues();
  const phone_number = record?.phone_number ?? '';
  const number = useMemo(() => ({ phone_number, ...withoutUnreadDates(values) }), [phone_number, values]);
  const hours =
    useBusinessHours().data?.find(({ business_hours_id: id }) => id === values.routing.business_hours_id) ??
    null;
  return { number, hours };
};
