import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FieldName } from '#contract/numbers/fields.ts';
import type { PhoneNumber, PhoneNumberCreateInput } from '#contract/numbers/phone-numbers.ts';
import { call } from '#client/api/call.ts';
import { useOnce } from '#client/api/use-once.ts';
import { withFreshSignIn } from '#client/features/sessions/fresh-sign-in.ts';
import { readPhoneNumber } from './queries.ts';
import { findRecord, listsKey, oneKey, phoneNumbersKey, putRecord, withPending } from './records.ts';

// What the list does not need is no part of the first view.

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

export const useAddPhoneNumber = () => {
  const once = useOnce();
  return useMutation({
    gcTime: 1000,
    mutationFn: (body: PhoneNumberCreateInput) =>
      once(body, (idempotencyKey) => call('POST /v1/phone-numbers', { body, idempotencyKey })),
    onSuccess: (added, _, __, { client }) => {
      client.setQueryData(oneKey(added._id), added);
      return client.invalidateQueries({ queryKey: listsKey, refetchType: 'none' });
    },
  });
};

interface Deletion extends Pick<PhoneNumber, '_id' | 'version'> {
  /** What becomes of the platform’s record, where there is one; without it, nothing. */
  platform?: 'delete' | undefined;
}

export const useDeletePhoneNumber = () => {
  const once = useOnce();
  return useMutation({
    mutationFn: ({ _id, version, platform }: Deletion) =>
      once([_id, version, platform], (idempotencyKey) =>
        call('DELETE /v1/phone-numbers/{phone_number_id}', {
          params: { phone_number_id: _id },
          query: { platform },
          ifMatch: version,
          idempotencyKey,
        }),
      ),
  });
};

/** A number that is deleted: what it was, who deleted it, when. One that is gone for good is not found. */
export const useDeletedPhoneNumber = (id: string, isWanted: boolean) =>
  useQuery({
    queryKey: [...oneKey(id), 'deleted'],
    queryFn: ({ signal }) =>
      call('GET /v1/phone-numbers/{phone_number_id}', {
        params: { phone_number_id: id },
        query: { include: 'deleted' },
        signal,
      }),
    enabled: isWanted,
    retry: false,
    staleTime: 0,
    gcTime: 10_000,
  });

/** Answers the number as it is back; `not_restored` has what did not come back with it. */
export const useRestorePhoneNumber = () =>
  useMutation({
    mutationFn: ({ id, idempotencyKey }: { id: string; idempotencyKey: string }) =>
      call('POST /v1/phone-numbers/{phone_number_id}/restore', {
        params: { phone_number_id: id },
        idempotencyKey,
      }),
    onSuccess: ({ not_restored: _lost, ...record }, _, __, { client }) => {
      client.setQueryData<PhoneNumber>(oneKey(record._id), record);
    },
  });

export const useDeletePhoneNumberForGood = () => {
  const once = useOnce();
  return useMutation({
    mutationFn: ({ _id, version }: Pick<PhoneNumber, '_id' | 'version'>) =>
      withFreshSignIn(() =>
        once([_id, version], (idempotencyKey) =>
          call('POST /v1/phone-numbers/{phone_number_id}/delete-for-good', {
            params: { phone_number_id: _id },
            ifMatch: version,
            idempotencyKey,
          }),
        ),
      ),
  });
};

export interface VersionRestoration {
  record: PhoneNumber;
  version: number;
  /** Absent: all that the version had otherwise. */
  fields?: FieldName[];
}

/** Makes an earlier state of a number its newest version, as far as it can be. */
export const useRestoreVersion = () => {
  const once = useOnce();
  return useMutation({
    mutationFn: ({ record, version, fields }: VersionRestoration) =>
      once([record._id, record.version, version, fields], (idempotencyKey) =>
        call('POST /v1/phone-numbers/{phone_number_id}/restore-version', {
          params: { phone_number_id: record._id },
          body: { version, fields },
          ifMatch: record.version,
          idempotencyKey,
        }),
      ),
    onSuccess: ({ not_restored: _lost, ...record }, _, __, { client }) => putRecord(client, record),
  });
};

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
