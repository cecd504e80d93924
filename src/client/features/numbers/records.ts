import type { QueryClient } from '@tanstack/react-query';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { PhoneNumberList } from '#contract/numbers/list/phone-number-list.ts';

/*
 * Every copy of a phone number in the cache, kept the same. A change that is on its way is shown on top of
 * the record it is based on, never mixed into it: taking it back, or receiving the record anew, needs no
 * memory of before.
 */

export const phoneNumbersKey = ['phone-numbers'] as const;
export const listsKey = ['phone-numbers', 'list'] as const;
export const oneKey = (id: string) => ['phone-numbers', 'one', id] as const;

export type ShownChange = Readonly<Partial<Pick<PhoneNumber, 'inbound_agent_id' | 'outbound_agent_id'>>>;

interface Pending {
  stored: PhoneNumber;
  changes: ShownChange[];
}

const pending = new Map<string, Pending>();

const shownOf = ({ stored, changes }: Pending): PhoneNumber => Object.assign({}, stored, ...changes);

/** The record with what is on its way, for answers that were read meanwhile. */
export const withPending = (record: PhoneNumber): PhoneNumber => {
  const held = pending.get(record._id);
  if (held === undefined) return record;
  // What it is on a platform changes without a version.
  if (record.version >= held.stored.version) held.stored = record;
  return shownOf(held);
};

const put = (client: QueryClient, record: PhoneNumber) => {
  client.setQueryData<PhoneNumber>(oneKey(record._id), (before) =>
    before === undefined ? undefined : record,
  );
  client.setQueriesData<PhoneNumberList>({ queryKey: listsKey }, (list) => {
    const at = list?.phone_numbers.findIndex(({ _id }) => _id === record._id) ?? -1;
    return list === undefined || at < 0
      ? list
      : { ...list, phone_numbers: list.phone_numbers.with(at, record) };
  });
};

/** The record as it is shown anywhere now; undefined when it is nowhere. */
export const findRecord = (client: QueryClient, id: string): PhoneNumber | undefined => {
  const one = client.getQueryData<PhoneNumber>(oneKey(id));
  if (one !== undefined) return one;
  for (const [, list] of client.getQueriesData<PhoneNumberList>({ queryKey: listsKey })) {
    const found = list?.phone_numbers.find(({ _id }) => _id === id);
    if (found !== undefined) return found;
  }
  return undefined;
};

/**
 * Puts a record read from the server wherever it is shown. One that is older than what is known changes
 * nothing.
 */
export const putRecord = (client: QueryClient, record: PhoneNumber) => {
  const known = findRecord(client, record._id);
  if (known === undefined || record.version >= known.version) put(client, withPending(record));
};

/** Shows a change before it is stored. Returns how to end that, once it is stored or refused. */
export const showChange = (client: QueryClient, record: PhoneNumber, change: ShownChange): (() => void) => {
  const held = pending.get(record._id) ?? { stored: record, changes: [] };
  held.changes = [...held.changes, change];
  pending.set(record._id, held);
  put(client, shownOf(held));
  return () => {
    held.changes = held.changes.filter((other) => other !== change);
    if (held.changes.length === 0) pending.delete(record._id);
    put(client, shownOf(held));
  };
};

/** The version a change must be based on: the newest that is known. */
export const newestVersion = (client: QueryClient, record: PhoneNumber) =>
  Math.max(record.version, findRecord(client, record._id)?.version ?? 0);
