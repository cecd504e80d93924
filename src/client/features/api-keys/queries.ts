import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ApiKeyCreate } from '#contract/api-keys.ts';
import { call } from '#client/api/call.ts';
import { useFollowSubject } from '#client/api/use-follow-subject.ts';

const apiKeysKey = ['api-keys'];

export const useApiKeys = () => {
  useFollowSubject('api_key', apiKeysKey);
  return useQuery({ queryKey: apiKeysKey, queryFn: async ({ signal }) => (await call('GET /v1/api-keys', { signal })).api_keys });
};

/** Not a mutation of React Query: those remember their answers, and this answer holds the key. */
export const useAddApiKey = () => {
  const client = useQueryClient();
  return async (body: ApiKeyCreate): Promise<string> => {
    const { key } = await call('POST /v1/api-keys', { body });
    void client.invalidateQueries({ queryKey: apiKeysKey });
    return key;
  };
};

export const useRevokeApiKey = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (api_key_id: string) => call('DELETE /v1/api-keys/{api_key_id}', { params: { api_key_id } }),
    onSettled: () => client.invalidateQueries({ queryKey: apiKeysKey }),
  });
};
