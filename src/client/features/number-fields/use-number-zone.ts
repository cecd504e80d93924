import { useQuery } from '@tanstack/react-query';
import { useWatch } from 'react-hook-form';
import { findEngineZone } from '#contract/reading/engine-zone.ts';
import { zoneOfNumber } from '#routing/number-zone.ts';
import { ownZone } from '#client/components/time-zone/time-zones.ts';
import { businessHoursQuery } from '#client/features/business-hours/queries.ts';
import { usePhoneNumberForm } from './form-context.ts';
import type { PhoneNumberValues } from './phone-number-values.ts';

/**
 * By whose clock every moment of the number is written and told: `zoneOfNumber`, by the hours that the form
 * has now. Null until those are read. A zone that this browser does not know is passed over.
 */
export const useNumberZone = (): string | null => {
  const { record } = usePhoneNumberForm();
  const hoursId = useWatch<PhoneNumberValues, 'routing.business_hours_id'>({
    name: 'routing.business_hours_id',
  });
  const { data: all, isPending } = useQuery({ ...businessHoursQuery, enabled: hoursId !== null });
  if (hoursId !== null && isPending) return null;
  const hours = all?.find(({ business_hours_id: id }) => id === hoursId) ?? null;
  const country = record?.country ?? null;
  return (
    [hours, null]
      .map((each) => zoneOfNumber(each, country, ownZone()))
      .find((zone) => findEngineZone(zone) !== undefined) ?? 'UTC'
  );
};
