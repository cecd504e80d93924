import { useMemo } from 'react';
import { useWatch } from 'react-hook-form';
import type { BusinessHours } from '#contract/business-hours.ts';
import type { RoutedNumber } from '#contract/routing.ts';
import { useBusinessHours } from '#client/features/business-hours/queries.ts';
import { usePhoneNumberForm } from '#client/features/phone-numbers/form-context.ts';
import type { PhoneNumberValues } from '#client/features/phone-numbers/phone-number-values.ts';

type Watched = ['inbound_agent_id', 'outbound_agent_id', 'routing', 'call_handling', 'temporary_reassignment'];
const watched: Watched = ['inbound_agent_id', 'outbound_agent_id', 'routing', 'call_handling', 'temporary_reassignment'];

/** The number as the form has it, saved or not, and the hours it goes by. */
export const useRoutedNumber = (): { number: RoutedNumber; hours: BusinessHours | null } => {
  const { record } = usePhoneNumberForm();
  const [inbound_agent_id, outbound_agent_id, routing, call_handling, temporary_reassignment] = useWatch<PhoneNumberValues, Watched>({
    name: watched,
  });
  const phone_number = record?.phone_number ?? '';
  const number = useMemo(
    () => ({ phone_number, inbound_agent_id, outbound_agent_id, routing, call_handling, temporary_reassignment }),
    [phone_number, inbound_agent_id, outbound_agent_id, routing, call_handling, temporary_reassignment],
  );
  const hours = useBusinessHours().data?.find(({ business_hours_id: id }) => id === routing.business_hours_id) ?? null;
  return { number, hours };
};
