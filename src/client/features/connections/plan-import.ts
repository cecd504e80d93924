import { useMutation } from '@tanstack/react-query';
import type { ConnectionImport, ConnectionImportChoices } from '#contract/bulk/connection-imports.ts';
import { call } from '#client/api/call.ts';

export const connectionImportHref = ({
  connection_id,
  plan_id,
}: Pick<ConnectionImport, 'connection_id' | 'plan_id'>) => `/connections/${connection_id}/import/${plan_id}`;

/** Where what is known of a planned import is kept. */
export const connectionImportKey = (plan_id: string) => ['connection-import', plan_id] as const;

interface Planning {
  connection_id: string;
  /** Those left out are the usual ones. */
  choices?: Partial<ConnectionImportChoices>;
}

/** Has an import planned; nothing is changed here or there. */
export const usePlanImport = () =>
  useMutation({
    mutationFn: ({ connection_id, choices = {} }: Planning) =>
      call('POST /v1/connections/{connection_id}/import/preview', {
        params: { connection_id },
        body: choices,
      }),
    onSuccess: (plan: ConnectionImport, _, __, { client }) =>
      client.setQueryData(connectionImportKey(plan.plan_id), plan),
  });
