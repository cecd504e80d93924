import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ApiKey, ApiKeyCreate } from '#contract/api-keys.ts';
import { call } from '#client/api/call.ts';
import { withFreshSignIn } from '#client/features/sessions/fresh-sign-in.ts';
import { useRefetchOnChange } from '#client/api/use-changes.ts';
import { endsSoon, isLive } from './key-life.ts';

export const apiKeysKey = ['api-keys'];

export const useApiKeys = () => {
  useRefetchOnChange(apiKeysKey, { api_key: 0 });
  return useQuery({
    queryKey: apiKeysKey,
    queryFn: async ({ signal }) => (await call('GET /v1/api-keys', { signal })).api_keys,
  });
};

/** Live keys whose successors should be made by now. */
export const useKeysEndingSoon = (): ApiKey[] => (useApiKeys().data ?? []).filter((key) => endsSoon(key));

/** Which live keys belong to an operator, as far as is known yet. */
export const useLiveKeysOf = (): ((operatorId: string) => ApiKey[]) => {
  const { data = [] } = useApiKeys();
  return (operatorId) => data.filter((key) => key.owner?.operator_id === operatorId && isLive(key));
};

/**
 * The key is handed to `receive` and not answered: a mutation remembers its answer, and this one is a secret.
 */
export const useAddApiKey = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ body, receive }: { body: ApiKeyCreate; receive: (key: string) => void }) => {
      const { key } = await withFreshSignIn(() => call('POST /v1/api-keys', { body }));
      receive(key);
    },
    onSuccess: () => client.invalidateQueries({ queryKey: apiKeysKey }),
  });
};

export const useRevokeApiKey = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (api_key_id: string) => call('DELETE /v1/api-keys/{api_key_id}', { params: { api_key_id } }),
    onSettled: () => client.invalidateQueries({ queryKey: apiKeysKey }),
  });
};
