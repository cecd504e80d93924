import { newId } from '#server/lib/ids.ts';
import type { Queryable, Transaction } from '#server/platform/db/database.ts';
import { createCipher, type Cipher } from '#server/platform/secrets/cipher.ts';
import type { Keyring } from '#server/platform/secrets/keyring.ts';
import { findBroken, type SealsChecked } from './find-broken.ts';
import {
  insertBeforeImage,
  replaceBeforeImages,
  selectBeforeImages,
  selectBeforeImagesBehind,
  type BeforeImageRow,
  type LinkPlace,
  type SealedImageRow,
} from './before-images-store.ts';

/**
 * The platform's whole record before each write, the last five of a link. It may hold secrets in clear, so it
 * is sealed, and opened only to put it back.
 */
export interface BeforeImages {
  keep(tx: Transaction, link: LinkPlace, raw: Readonly<Record<string, unknown>>): Promise<void>;
  /** Newest first. */
  list(queryable: Queryable, link: LinkPlace): Promise<{ before_image_id: string; taken_at: string }[]>;
  /** The newest where no id is given; null where there is none. Throws SealBroken. */
  open(
    queryable: Queryable,
    link: LinkPlace,
    id: string | undefined,
  ): Promise<Record<string, unknown> | null>;
}

// Bound to its number, too: what was there of one is not put back as another.
const placeOf = ({ id, phone_number_id, role }: Pick<BeforeImageRow, keyof LinkPlace | 'id'>) => ({
  table: 'before_image',
  rowId: `${phone_number_id} ${role} ${id}`,
  field: 'record',
  secretVersion: 1,
});

const openRow = (cipher: Cipher, row: SealedImageRow): string =>
  cipher.open({ sealed: row.sealed, keyId: row.key_id }, placeOf(row));

export const createBeforeImages = (keyring: Keyring): BeforeImages => {
  const cipher = createCipher(keyring);
  return {
    async keep(tx, link, raw) {
      const id = newId();
      const { sealed, keyId } = cipher.seal(JSON.stringify(raw), placeOf({ ...link, id }));
      await insertBeforeImage(tx, { ...link, id, sealed, key_id: keyId });
    },
    list: async (queryable, link) =>
      (await selectBeforeImages(queryable, link)).map(({ id, taken_at }) => ({
        before_image_id: id,
        taken_at,
      })),
    async open(queryable, link, id) {
      const rows = await selectBeforeImages(queryable, link);
      const row = id === undefined ? rows[0] : rows.find((each) => each.id === id);
      if (row === undefined) return null;
      return JSON.parse(openRow(cipher, row)) as Record<string, unknown>;
    },
  };
};

const BATCH = 500;

async function* batches(queryable: Queryable): AsyncGenerator<SealedImageRow[]> {
  for (let after = ''; ;) {
    const rows = await selectBeforeImagesBehind(queryable, after, BATCH);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = last.id;
  }
}

/** Seals them all under another key. Returns how many there are. */
export const resealBeforeImages = async (tx: Transaction, from: Cipher, to: Cipher): Promise<number> => {
  let count = 0;
  for await (const rows of batches(tx)) {
    await replaceBeforeImages(
      tx,
      rows.map((row) => {
        const { sealed, keyId } = to.seal(openRow(from, row), placeOf(row));
        return { id: row.id, sealed, key_id: keyId };
      }),
    );
    count += rows.length;
  }
  return count;
};

/** How many there are, and the places of those that do not open. */
export const checkBeforeImages = (queryable: Queryable, cipher: Cipher): Promise<SealsChecked> =>
  findBroken(
    batches(queryable),
    (row) => openRow(cipher, row),
    (row) => `record from before a write of phone number ${row.phone_number_id}`,
  );
