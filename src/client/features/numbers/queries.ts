import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { AuditEventList } from '#contract/audit-events.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { call } from '#client/api/call.ts';
import { newKey } from '#client/lib/new-key.ts';
import { newestVersion, putRecord } from './records.ts';

export const readPhoneNumber = (id: string, signal?: AbortSignal) =>
  call('GET /v1/phone-numbers/{phone_number_id}', { params: { phone_number_id: id }, signal });

export interface PhoneNumberUpdate {
  record: PhoneNumber;
  body: Record<string, unknown>;
  /** The version the change is based on; without it, the newest that is known when its turn comes. */
  version?: number;
  /** Of an act that is tried once more. */
  idempotencyKey?: string;
}

/** Changes to one number go one after the other, so that two quick ones cannot collide with each other. */
const updateOptions = (client: QueryClient, id: string) => ({
  scope: { id: `phone-number:${id}` },
  // A patch may hold a new password: nothing of it stays behind for long.
  gcTime: 1000,
  mutationFn: ({ record, body, version, idempotencyKey = newKey() }: PhoneNumberUpdate) =>
    call('PATCH /v1/phone-numbers/{phone_number_id}', {
      params: { phone_number_id: id },
      body,
      ifMatch: version ?? newestVersion(client, record),
      idempotencyKey,
    }),
  onSuccess: (stored: PhoneNumber) => putRecord(client, stored),
});

export const useUpdatePhoneNumber = () => {
  const client = useQueryClient();
  return useCallback(
    (update: PhoneNumberUpdate): Promise<PhoneNumber> =>
      client.getMutationCache().build(client, updateOptions(client, update.record._id)).execute(update),
    [client],
  );
};

export const readHistory = (
  id: string,
  page_size: number,
  page_token?: string,
  signal?: AbortSignal,
): Promise<AuditEventList> =>
  call('GET /v1/phone-numbers/{phone_number_id}/history', {
    params: { phone_number_id: id },
    query: { page_size, page_token },
    signal,
  });
