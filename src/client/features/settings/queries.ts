import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Settings, SettingsPatch } from '#contract/settings.ts';
import { call } from '#client/api/call.ts';
import { useRefetchOnChange } from '#client/api/use-changes.ts';
import { withFreshSignIn } from '#client/features/sessions/fresh-sign-in.ts';

const settingsKey = ['settings'];

export const useSettings = () => {
  useRefetchOnChange(settingsKey, { settings: 0 });
  return useQuery({ queryKey: settingsKey, queryFn: ({ signal }) => call('GET /v1/settings', { signal }) });
};

export const useUpdateSettings = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ version, body }: { version: number; body: SettingsPatch }) =>
      withFreshSignIn(() => call('PATCH /v1/settings', { body, ifMatch: version })),
    onSuccess: (saved: Settings) => client.setQueryData(settingsKey, saved),
    onError: () => client.invalidateQueries({ queryKey: settingsKey }),
  });
};
