import { queryOptions, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { AuditEventList } from '#contract/audit-events.ts';
import type { PhoneNumber, PhoneNumberCreateInput } from '#contract/numbers/phone-numbers.ts';
import { call } from '#client/api/call.ts';
import {
  findRecord,
  listsKey,
  newestVersion,
  oneKey,
  phoneNumbersKey,
  putRecord,
  withPending,
} from './records.ts';
import { newKey, useActKey } from '#client/lib/new-key.ts';

export const readPhoneNumber = (id: string, signal?: AbortSignal) =>
  call('GET /v1/phone-numbers/{phone_number_id}', { params: { phone_number_id: id }, signal });

/** One number: at once what the list knows of it, then the record itself. */
export const usePhoneNumber = (wanted: string | null, isOpen: boolean) => {
  const client = useQueryClient();
  const id = wanted ?? '';
  return useQuery(
    queryOptions({
      queryKey: oneKey(id),
      queryFn: async ({ signal }) => {
        const record = await readPhoneNumber(id, signal);
        putRecord(client, record);
        return withPending(record);
      },
      initialData: () => findRecord(client, id),
      initialDataUpdatedAt: 0,
      enabled: isOpen && wanted !== null,
      retry: false,
      gcTime: 30_000,
    }),
  );
};

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

export const useAddPhoneNumber = () => {
  const keyOf = useActKey();
  return useMutation({
    gcTime: 1000,
    mutationFn: (body: PhoneNumberCreateInput) =>
      call('POST /v1/phone-numbers', { body, idempotencyKey: keyOf(body) }),
    onSuccess: (added, _, __, { client }) => {
      client.setQueryData(oneKey(added._id), added);
      return client.invalidateQueries({ queryKey: listsKey, refetchType: 'none' });
    },
  });
};

export const useDeletePhoneNumber = () => {
  const keyOf = useActKey();
  return useMutation({
    mutationFn: ({ _id, version }: Pick<PhoneNumber, '_id' | 'version'>) =>
      call('DELETE /v1/phone-numbers/{phone_number_id}', {
        params: { phone_number_id: _id },
        ifMatch: version,
        idempotencyKey: keyOf(_id, version),
      }),
  });
};

export const useRestorePhoneNumber = () =>
  useMutation({
    mutationFn: ({ id, idempotencyKey }: { id: string; idempotencyKey: string }) =>
      call('POST /v1/phone-numbers/{phone_number_id}/restore', {
        params: { phone_number_id: id },
        idempotencyKey,
      }),
  });

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

/** How many numbers hold the credential with this fingerprint, this one among them. */
export const useFingerprintCount = (fingerprint: string | null) =>
  useQuery({
    queryKey: [...phoneNumbersKey, 'fingerprint', fingerprint],
    queryFn: async ({ signal }) => {
      const { total_count } = await call('GET /v1/phone-numbers', {
        query: { fingerprint: fingerprint ?? undefined, page_size: 1, include: 'total' },
        signal,
      });
      return total_count ?? 0;
    },
    enabled: fingerprint !== null,
    staleTime: 10_000,
  });

const readNumber = (phone_number: string, signal?: AbortSignal) =>
  call('GET /v1/phone-number-reading', { query: { phone_number }, signal });

/** What the server would store of a number that is written so; the answer of none but this very text. */
export const useNumberReading = (written: string | null) =>
  useQuery({
    queryKey: ['phone-number-reading', written],
    queryFn: ({ signal }) => readNumber(written ?? '', signal),
    enabled: written !== null,
    retry: false,
    gcTime: 10_000,
  });

/** The number that is there already, however it was typed; undefined when there is none. */
export const findPhoneNumber = async (typed: string): Promise<PhoneNumber | undefined> => {
  const { phone_number: wanted } = await readNumber(typed);
  const { phone_numbers } = await call('GET /v1/phone-numbers', { query: { q: wanted, page_size: 5 } });
  return phone_numbers.find(({ phone_number }) => phone_number === wanted);
};
