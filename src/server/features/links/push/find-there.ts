import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { OpenConnection } from '#server/features/connections/open-connection.ts';
import type { UpstreamNumber } from '#server/features/connections/kinds/upstream/connection-kind.ts';
import { UpstreamError } from '#server/features/connections/kinds/upstream/upstream-error.ts';

type Sought = Pick<PhoneNumber, 'phone_number'>;

/** How a number is looked for where only the list tells what is there. */
export interface FindThere {
  /** Its record, however the platform writes its number; null where the list is without it. */
  now: (opened: OpenConnection, number: Sought) => Promise<UpstreamNumber | null>;
  /** The same of a list read within a few seconds: where many are looked for, each would read all of it. */
  lately: (opened: OpenConnection, number: Sought) => Promise<UpstreamNumber | null>;
}

const LATELY_MS = 15_000;

interface Listed {
  version: number;
  /** Null while it is read. */
  readAt: number | null;
  ids: Promise<ReadonlyMap<string, string>>;
}

export const createFindThere = (readNumber: (spelled: string) => string | null): FindThere => {
  const listed = new Map<string, Listed>();

  const readIds = async ({ kind, client }: OpenConnection): Promise<ReadonlyMap<string, string>> => {
    const ids = new Map<string, string>();
    // Whoever asked first may go; the others still want it.
    const { signal: _signal, ...whole } = client;
    for await (const { items } of kind.listNumbers(whole))
      for (const { id, phone_number: spelled } of items) {
        const number = readNumber(spelled) ?? spelled;
        if (!ids.has(number)) ids.set(number, id);
      }
    return ids;
  };

  const idsOf = (opened: OpenConnection): Listed['ids'] => {
    const { id, version } = opened;
    const known = listed.get(id);
    const isOld = known?.readAt != null && performance.now() - known.readAt > LATELY_MS;
    if (known !== undefined && known.version === version && !isOld) return known.ids;
    const reading: Listed = { version, readAt: null, ids: readIds(opened) };
    listed.set(id, reading);
    const forget = () => {
      if (listed.get(id) === reading) listed.delete(id);
    };
    reading.ids.then(() => {
      reading.readAt = performance.now();
      setTimeout(forget, LATELY_MS).unref();
    }, forget);
    return reading.ids;
  };

  return {
    async now({ kind, client }, { phone_number: ours }) {
      for await (const { items } of kind.listNumbers(client)) {
        const found = items.find(
          ({ phone_number: theirs }) => theirs === ours || readNumber(theirs) === ours,
        );
        if (found !== undefined) return found;
      }
      return null;
    },

    async lately(opened, { phone_number: ours }) {
      const id = (await idsOf(opened)).get(ours);
      if (id === undefined) return null;
      return opened.kind.getNumber(opened.client, id).catch((error: unknown) => {
        if (error instanceof UpstreamError && error.code === 'not_found') return null;
        throw error;
      });
    },
  };
};
