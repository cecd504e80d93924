import { newId } from '#server/lib/ids.ts';
import type { Queryable, Transaction } from '#server/platform/db/database.ts';
import { createCipher } from '#server/platform/secrets/cipher.ts';
import type { Keyring } from '#server/platform/secrets/keyring.ts';
import {
  insertBeforeImage,
  selectBeforeImages,
  type BeforeImageRow,
  type LinkPlace,
} from './before-image-store.ts';

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

const placeOf = ({ id, role }: Pick<BeforeImageRow, 'id' | 'role'>) => ({
  table: 'before_image',
  rowId: id,
  field: role,
  secretVersion: 1,
});

export const createBeforeImages = (keyring: Keyring): BeforeImages => {
  const cipher = createCipher(keyring);
  return {
    async keep(tx, link, raw) {
      const id = newId();
      const { sealed, keyId } = cipher.seal(JSON.stringify(raw), placeOf({ id, role: link.role }));
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
      return JSON.parse(cipher.open({ sealed: row.sealed, keyId: row.key_id }, placeOf(row))) as Record<
        string,
        unknown
      >;
    },
  };
};
