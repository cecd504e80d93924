import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  BusinessHours,
  BusinessHoursCreateInput,
  BusinessHoursPatchInput,
} from '#contract/business-hours.ts';
import { call } from '#client/api/call.ts';
import { useRefetchOnChange } from '#client/api/use-changes.ts';
import { useOnce } from '#client/api/use-once.ts';

export const businessHoursQuery = queryOptions({
  queryKey: ['business-hours'],
  queryFn: async ({ signal }) => (await call('GET /v1/business-hours', { signal })).business_hours,
});

/** All business hours, by name: there are as many as offices. */
export const useBusinessHours = () => useQuery(businessHoursQuery);

const COUNTS_EVERY_MS = 1000;

/** Keeps them true while something that shows them is on the screen. */
export const useBusinessHoursChanges = () =>
  // Right at once after one change; through a burst of them, once in a while.
  useRefetchOnChange(
    businessHoursQuery.queryKey,
    { business_hours: 0, phone_number: 0 },
    { everyMs: COUNTS_EVERY_MS },
  );

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

export const useAddBusinessHours = () => {
  const once = useOnce();
  return useMutation({
    mutationFn: (body: BusinessHoursCreateInput) =>
      once(body, (idempotencyKey) => call('POST /v1/business-hours', { body, idempotencyKey })),
    onSuccess: usePutInPlace(),
  });
};

export const useUpdateBusinessHours = () => {
  const once = useOnce();
  return useMutation({
    mutationFn: ({
      business_hours_id,
      version,
      body,
    }: Pick<BusinessHours, 'business_hours_id' | 'version'> & { body: BusinessHoursPatchInput }) =>
      once([business_hours_id, version, body], (idempotencyKey) =>
        call('PATCH /v1/business-hours/{business_hours_id}', {
          params: { business_hours_id },
          body,
          ifMatch: version,
          idempotencyKey,
        }),
      ),
    onSuccess: usePutInPlace(),
  });
};

export const useDeleteBusinessHours = () => {
  const client = useQueryClient();
  const once = useOnce();
  return useMutation({
    mutationFn: ({ business_hours_id, version }: Pick<BusinessHours, 'business_hours_id' | 'version'>) =>
      once([business_hours_id, version], (idempotencyKey) =>
        call('DELETE /v1/business-hours/{business_hours_id}', {
          params: { business_hours_id },
          ifMatch: version,
          idempotencyKey,
        }),
      ),
    onSuccess: () => client.invalidateQueries(businessHoursQuery),
  });
};
