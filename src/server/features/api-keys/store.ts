import type { Scope } from '#contract/access.ts';
import type { Queryable, Transaction } from '#server/platform/db/database.ts';

export interface ApiKeyRow {
  id: string;
  name: string;
  hint: string;
  scopes: Scope[];
  created_at: Date;
  created_by: string | null;
  /** Null is nobody. */
  owner_id: string | null;
  expires_at: Date | null;
  revoked_at: Date | null;
  last_used_at: Date | null;
}

/** With the name its owner has now. */
export interface OwnedApiKeyRow extends ApiKeyRow {
  owner_name: string | null;
}

const columns =
  'id, name, hint, scopes, created_at, created_by, owner_id, expires_at, revoked_at, last_used_at';
const selectOwned = `select ${columns.replaceAll(/\w+/g, 'k.$&')}, o.name as owner_name from api_key k left join operator o on o.id = k.owner_id`;
const isLive = 'k.revoked_at is null and (k.expires_at is null or k.expires_at > $1)';

const selectByHash = { name: 'select_api_key', text: `select ${columns} from api_key where key_hash = $1` };
export const findApiKey = async (db: Queryable, keyHash: Buffer): Promise<ApiKeyRow | null> =>
  (await db.query<ApiKeyRow>(selectByHash, [keyHash]))[0] ?? null;

export const selectApiKey = async (db: Queryable, id: string): Promise<ApiKeyRow | null> =>
  (await db.query<ApiKeyRow>(`select ${columns} from api_key where id = $1`, [id]))[0] ?? null;

/** Every live key that may ask who answers a call. */
const selectLiveRouteKeys = {
  name: 'select_route_keys',
  text: `select key_hash, id, name, scopes, expires_at, revoked_at, created_by from api_key
    where revoked_at is null and (expires_at is null or expires_at > now()) and 'calls:route' = any (scopes)`,
};
export const selectRouteKeys = (db: Queryable) =>
  db.query<
    Pick<ApiKeyRow, 'id' | 'name' | 'scopes' | 'expires_at' | 'revoked_at' | 'created_by'> & {
      key_hash: Buffer;
    }
  >(selectLiveRouteKeys);

/** Newest first. */
export const selectApiKeys = (db: Queryable): Promise<OwnedApiKeyRow[]> =>
  db.query<OwnedApiKeyRow>(`${selectOwned} order by k.created_at desc, k.id desc`);

/** Live keys that end at or before `until`, the first to end first. */
export const selectApiKeysEndingBy = (db: Queryable, now: Date, until: Date): Promise<OwnedApiKeyRow[]> =>
  db.query<OwnedApiKeyRow>(
    `${selectOwned} where ${isLive} and k.expires_at <= $2 order by k.expires_at, k.id`,
    [now, until],
  );

export const selectLiveApiKeysOf = (db: Queryable, ownerId: string, now: Date): Promise<OwnedApiKeyRow[]> =>
  db.query<OwnedApiKeyRow>(
    `${selectOwned} where ${isLive} and k.owner_id = $2 order by k.created_at desc, k.id desc`,
    [now, ownerId],
  );

/**
 * True where whoever is to own a key is an admin who can sign in, and stays one until the transaction ends:
 * disabling and demoting take the same row, so that no key is added or taken over behind their back.
 */
export const lockOwner = async (tx: Transaction, id: string): Promise<boolean> =>
  (
    await tx.query(
      `select 1 from operator where id = $1 and role = 'admin' and disabled_at is null for share`,
      [id],
    )
  ).length > 0;

export const insertApiKey = async (tx: Transaction, key: ApiKeyRow & { key_hash: Buffer }): Promise<void> => {
  await tx.query(
    `insert into api_key (id, name, hint, key_hash, scopes, created_at, created_by, owner_id, expires_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      key.id,
      key.name,
      key.hint,
      key.key_hash,
      key.scopes,
      key.created_at,
      key.created_by,
      key.owner_id,
      key.expires_at,
    ],
  );
};

export const lockApiKey = async (tx: Transaction, id: string): Promise<ApiKeyRow | null> =>
  (await tx.query<ApiKeyRow>(`select ${columns} from api_key where id = $1 for update`, [id]))[0] ?? null;

export const markApiKeyRevoked = async (tx: Transaction, id: string): Promise<void> => {
  await tx.query('update api_key set revoked_at = now() where id = $1', [id]);
};

export const updateApiKeyOwner = async (tx: Transaction, id: string, ownerId: string): Promise<void> => {
  await tx.query('update api_key set owner_id = $2 where id = $1', [id, ownerId]);
};

const touch = {
  name: 'touch_api_key',
  text: 'update api_key set last_used_at = $2 where id = $1 and (last_used_at is null or last_used_at < $2)',
};
export const touchApiKey = (db: Queryable, id: string, usedAt: Date): Promise<unknown> =>
  db.query(touch, [id, usedAt]);
