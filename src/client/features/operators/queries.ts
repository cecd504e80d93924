import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { OperatorCreate, OperatorUpdate } from '#contract/operators.ts';
import { call } from '#client/api/call.ts';
import { apiKeysKey } from '#client/features/api-keys/queries.ts';
import { withFreshSignIn } from '#client/features/sessions/fresh-sign-in.ts';
import { useRefetchOnChange } from '#client/api/use-changes.ts';

const operatorsKey = ['operators'];

export const useOperators = () => {
  useRefetchOnChange(operatorsKey, { operator: 0 });
  return useQuery({
    queryKey: operatorsKey,
    queryFn: async ({ signal }) => (await call('GET /v1/operators', { signal })).operators,
  });
};

export const useAddOperator = () => {
  const client = useQueryClient();
  return useMutation({
    // What it sends holds a password, and is forgotten as soon as it is done.
    gcTime: 0,
    mutationFn: (body: OperatorCreate) => withFreshSignIn(() => call('POST /v1/operators', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: operatorsKey }),
  });
};

/**
 * When it has failed, too, the keys are asked for anew: it may have been refused for those that came
 * meanwhile.
 */
export const useUpdateOperator = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ operator_id, body }: { operator_id: string; body: OperatorUpdate }) =>
      withFreshSignIn(() => call('PATCH /v1/operators/{operator_id}', { params: { operator_id }, body })),
    onSettled: () =>
      Promise.all([operatorsKey, apiKeysKey].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
};
