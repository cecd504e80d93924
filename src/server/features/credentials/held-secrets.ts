import type { CredentialName } from '#contract/numbers/fields.ts';
import type { Database, Queryable, Transaction } from '#server/platform/db/database.ts';
import { createCipher, type Cipher } from '#server/platform/secrets/cipher.ts';
import type { Keyring } from '#server/platform/secrets/keyring.ts';
import { findBroken, type SealsChecked } from './find-broken.ts';
import {
  deleteHeld,
  deleteSomeHeld,
  insertHeld,
  replaceHeld,
  selectHeld,
  selectHeldBehind,
  type HeldRow,
} from './held-secrets-store.ts';

/** Credentials by name; null clears. */
export type Secrets = Partial<Record<CredentialName, string>>;

/** The place of what belongs to a whole plan, and to no row of it. */
export const WHOLE_PLAN = -1;

/**
 * Credentials that wait until a plan is run. The promise: they are sealed in the transaction that takes them,
 * and each is gone with the transaction that sets it with its number, or finds that it will not.
 */
export interface HeldSecrets {
  hold(tx: Transaction, planId: string, all: readonly { place: number; secrets: Secrets }[]): Promise<void>;
  /** By place; throws SealBroken. */
  open(queryable: Queryable, planId: string, places: readonly number[]): Promise<Map<number, Secrets>>;
  erase(tx: Transaction, planId: string, places: readonly number[]): Promise<void>;
  /** All that is left, bit by bit; housekeeping goes on where this is cut short. */
  eraseRest(planId: string): Promise<void>;
}

const BATCH = 1000;

const placeOf = (planId: string, place: number) => ({
  table: 'held_secret',
  rowId: `${planId} ${place}`,
  field: 'secrets',
  secretVersion: 1,
});

const openRow = (cipher: Cipher, { plan_id, place, sealed, key_id: keyId }: HeldRow): string =>
  cipher.open({ sealed, keyId }, placeOf(plan_id, place));

const sealRow = (cipher: Cipher, planId: string, place: number, text: string): HeldRow => {
  const { sealed, keyId } = cipher.seal(text, placeOf(planId, place));
  return { plan_id: planId, place, sealed, key_id: keyId };
};

export const createHeldSecrets = (database: Database, keyring: Keyring): HeldSecrets => {
  const cipher = createCipher(keyring);
  return {
    hold: (tx, planId, all) =>
      insertHeld(
        tx,
        all
          .filter(({ secrets }) => Object.keys(secrets).length > 0)
          .map(({ place, secrets }) => sealRow(cipher, planId, place, JSON.stringify(secrets))),
      ),
    async open(queryable, planId, places) {
      const rows = await selectHeld(queryable, planId, places);
      return new Map(rows.map((row) => [row.place, JSON.parse(openRow(cipher, row)) as Secrets]));
    },
    async erase(tx, planId, places) {
      if (places.length > 0) await deleteHeld(tx, planId, places);
    },
    async eraseRest(planId) {
      while ((await database.transaction((tx) => deleteSomeHeld(tx, planId, BATCH))) === BATCH);
    },
  };
};

async function* batches(queryable: Queryable): AsyncGenerator<HeldRow[]> {
  for (let after: readonly [string, number] = ['', WHOLE_PLAN - 1]; ;) {
    const rows = await selectHeldBehind(queryable, after, BATCH);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = [last.plan_id, last.place];
  }
}

/** Seals all that is held under another key. */
export const resealHeld = async (tx: Transaction, from: Cipher, to: Cipher): Promise<void> => {
  for await (const rows of batches(tx))
    await replaceHeld(
      tx,
      rows.map((row) => sealRow(to, row.plan_id, row.place, openRow(from, row))),
    );
};

/** How many there are, and the places of those that do not open. */
export const checkHeld = (queryable: Queryable, cipher: Cipher): Promise<SealsChecked> =>
  findBroken(
    batches(queryable),
    (row) => openRow(cipher, row),
    (row) => `secrets held for plan ${row.plan_id}`,
  );
