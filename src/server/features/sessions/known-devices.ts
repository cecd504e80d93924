import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Database, Transaction } from '#server/platform/db/database.ts';
import type { KeyedHash } from '#server/features/sessions/attempts/limits.ts';
import { createCookie } from './cookie.ts';
import { isDeviceKnown, KNOWN_DAYS, upsertKnownDevice } from './known-devices-store.ts';
import type { OperatorRow } from '#server/features/sessions/accounts/store.ts';

/*
 * The promise: a browser in which an operator signed in has attempts of its own at that operator's account,
 * so that no stranger can lock it out. It holds a cookie of up to four entries, one for each operator who
 * signed in there: a random id, and a seal over id and e-mail. Without a seal of ours the database is not
 * asked; with a stolen cookie nothing is gained but those few attempts. A new password makes all browsers
 * strangers.
 */

const PART = 22;
const ENTRIES = 4;
const MAX_DISOWNED = 10_000;

export interface Device {
  /** A keyed hash of the entry's id and the e-mail. */
  key: string;
  entry: string;
}

const isSame = (one: string, other: string) =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

export const createKnownDevices = ({
  database,
  hash,
  secure,
}: {
  database: Database;
  hash: KeyedHash;
  secure: boolean;
}) => {
  const cookie = createCookie({
    name: 'cordboard_device',
    form: new RegExp(`^[\\w-]{${2 * PART}}(\\.[\\w-]{${2 * PART}}){0,${ENTRIES - 1}}$`),
    maxAgeSeconds: KNOWN_DAYS * 24 * 60 * 60,
    secure,
  });
  // With a seal of ours, but forgotten since. Such an entry is never taken up again.
  const disowned = new Set<string>();

  const entriesOf = (request: Request) => cookie.read(request)?.split('.') ?? [];
  const sealOf = (id: string, email: string) => hash('seal of device', id, email).slice(0, PART);
  const deviceOf = (id: string, email: string): Device => ({
    key: hash('device', id, email),
    entry: id + sealOf(id, email),
  });

  /** The browser as one of this operator's, going by its seal. */
  const readClaim = (request: Request, email: string): Device | null => {
    const entry = entriesOf(request).find((each) =>
      isSame(each.slice(PART), sealOf(each.slice(0, PART), email)),
    );
    const device = entry === undefined ? null : deviceOf(entry.slice(0, PART), email);
    return device === null || disowned.has(device.key) ? null : device;
  };

  return {
    readClaim,
    setCookie: (headers: Headers, value: string): void => cookie.set(headers, value),

    async isKnown({ key }: Device): Promise<boolean> {
      if (await isDeviceKnown(database, key)) return true;
      if (disowned.size >= MAX_DISOWNED) disowned.clear();
      disowned.add(key);
      return false;
    },

    /** Makes the browser one of the operator's; answers the cookie to be set once that is committed. */
    async admit(tx: Transaction, request: Request, { id: operatorId, email }: OperatorRow): Promise<string> {
      const claim = readClaim(request, email);
      const isKnown = claim !== null && (await isDeviceKnown(tx, claim.key));
      const device = isKnown ? claim : deviceOf(randomBytes(16).toString('base64url'), email);
      await upsertKnownDevice(tx, operatorId, device.key);
      const others = entriesOf(request).filter((entry) => entry !== claim?.entry);
      return [device.entry, ...others].slice(0, ENTRIES).join('.');
    },
  };
};
export type KnownDevices = ReturnType<typeof createKnownDevices>;
