import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { BusinessHours, BusinessHoursCreateInput, BusinessHoursPatchInput } from '#contract/business-hours.ts';
import { onChange, onGap } from '#client/api/change-stream.ts';
import { call } from '#client/api/call.ts';

export const businessHoursQuery = queryOptions({
  queryKey: ['business-hours'],
  queryFn: async ({ signal }) => (await call('GET /v1/business-hours', { signal })).business_hours,
});

/** All business hours, by name: there are as many as offices. */
export const useBusinessHours = () => useQuery(businessHoursQuery);

// A changed number changes how many numbers go by its hours, but a burst of them must not ask a hundred times.
const COUNTS_SETTLE_MS = 1500;

/** Keeps them true while something that shows them is on the screen. */
export const useBusinessHoursChanges = () => {
  const client = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refetchSoon = (ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => void client.invalidateQueries(businessHoursQuery), ms);
    };
    const stop = onChange(({ subject }) => {
      if (subject === 'business_hours') refetchSoon(0);
      if (subject === 'phone_number') refetchSoon(COUNTS_SETTLE_MS);
    });
    const stopGap = onGap(() => refetchSoon(0));
    return () => {
      clearTimeout(timer);
      stop();
      stopGap();
    };
  }, [client]);
};

const usePutInPlace = () => {
  const client = useQueryClient();
  return (stored: BusinessHours) => {
    client.setQueryData(businessHoursQuery.queryKey, (all) =>
      all?.some(({ business_hours_id: id }) => id === stored.business_hours_id)
        ? all.map((each) => (each.business_hours_id === stored.business_hours_id ? stored : each))
        : all && [...all, stored],
    );
    return client.invalidateQueries(businessHoursQuery);
  };
};

export const useAddBusinessHours = () =>
  useMutation({
    mutationFn: ({ body, idempotencyKey }: { body: BusinessHoursCreateInput; idempotencyKey: string }) =>
      call('POST /v1/business-hours', { body, idempotencyKey }),
    onSuccess: usePutInPlace(),
  });

export const useUpdateBusinessHours = () =>
  useMutation({
    mutationFn: ({ business_hours_id, version, body }: Pick<BusinessHours, 'business_hours_id' | 'version'> & { body: BusinessHoursPatchInput }) =>
      call('PATCH /v1/business-hours/{business_hours_id}', { params: { business_hours_id }, body, ifMatch: version }),
    onSuccess: usePutInPlace(),
  });

export const useDeleteBusinessHours = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ business_hours_id, version }: Pick<BusinessHours, 'business_hours_id' | 'version'>) =>
      call('DELETE /v1/business-hours/{business_hours_id}', { params: { business_hours_id }, ifMatch: version }),
    onSuccess: () => client.invalidateQueries(businessHoursQuery),
  });
};
