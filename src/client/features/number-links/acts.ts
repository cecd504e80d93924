import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ConnectionRole } from '#contract/connections/connections.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { call } from '#client/api/call.ts';
import { useOnce } from '#client/api/use-once.ts';
import { readPhoneNumber } from '#client/features/numbers/queries.ts';
import { newestVersion, putRecord } from '#client/features/numbers/records.ts';
import { linkQuery } from './queries.ts';

interface Act {
  record: PhoneNumber;
  role: ConnectionRole;
}

/** What can be done with a link. Each answers the number as it is then, its links among it. */
export const useLinkActs = () => {
  const client = useQueryClient();
  const once = useOnce();
  const settle = (stored: PhoneNumber, role: ConnectionRole) => {
    putRecord(client, stored);
    void client.invalidateQueries(linkQuery({ phone_number_id: stored._id, role }));
  };
  const doing = <T extends Act>(
    name: string,
    send: (act: T, shared: ReturnType<typeof sharedOf>) => Promise<PhoneNumber>,
  ) => ({
    mutationFn: (act: T) =>
      once([name, act.record._id, act.record.version, { ...act, record: null }], (idempotencyKey) =>
        send(act, sharedOf(act, idempotencyKey)),
      ),
    onSuccess: (stored: PhoneNumber, { role }: T) => settle(stored, role),
  });
  const sharedOf = ({ record, role }: Act, idempotencyKey: string) => ({
    params: { phone_number_id: record._id, role },
    ifMatch: newestVersion(client, record),
    idempotencyKey,
  });

  return {
    retry: useMutation(
      doing<Act>('retry', (_, { params, idempotencyKey }) =>
        call('POST /v1/phone-numbers/{phone_number_id}/links/{role}/retry', { params, idempotencyKey }),
      ),
    ),
    keepMine: useMutation(
      doing<Act & { fields?: string[] }>('keep-mine', ({ fields }, shared) =>
        call('POST /v1/phone-numbers/{phone_number_id}/links/{role}/keep-mine', {
          ...shared,
          body: { fields },
        }),
      ),
    ),
    takeTheirs: useMutation(
      doing<Act & { fields?: string[] }>('take-theirs', ({ fields }, shared) =>
        call('POST /v1/phone-numbers/{phone_number_id}/links/{role}/take-theirs', {
          ...shared,
          body: { fields },
        }),
      ),
    ),
    restore: useMutation(
      doing<Act & { before_image_id: string }>('restore', ({ before_image_id }, shared) =>
        call('POST /v1/phone-numbers/{phone_number_id}/links/{role}/restore', {
          ...shared,
          body: { before_image_id },
        }),
      ),
    ),
    link: useMutation(
      doing<Act & { connection_id: string }>(
        'link',
        ({ record, role, connection_id }, { ifMatch, idempotencyKey }) =>
          call('POST /v1/phone-numbers/{phone_number_id}/links', {
            params: { phone_number_id: record._id },
            body: { role, connection_id },
            ifMatch,
            idempotencyKey,
          }),
      ),
    ),
    unlink: useMutation(
      doing<Act>('unlink', async ({ record }, shared) => {
        await call('DELETE /v1/phone-numbers/{phone_number_id}/links/{role}', shared);
        return readPhoneNumber(record._id);
      }),
    ),
  };
};
