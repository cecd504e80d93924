import { randomBytes } from 'node:crypto';
import { API_KEY_PREFIX, type ApiKey, type ApiKeyCreate } from '#contract/api-keys.ts';
import { DEFAULT_KEY_DAYS, NEAR_END_DAYS } from '#contract/key-days.ts';
import { changesBetween, recordAudit } from '#server/platform/audit/record.ts';
import { announceChange } from '#server/platform/changes/announce.ts';
import type { Database, Queryable } from '#server/platform/db/database.ts';
import { fieldProblem, Problem } from '#server/problem.ts';
import { newId } from '#server/lib/ids.ts';
import type { Actor, RequestContext } from '#server/request-context.ts';
import { hashKey, type KnownKeys } from './known-keys.ts';
import { revokeKey } from './revoke-key.ts';
import {
  insertApiKey,
  lockApiKey,
  lockOwner,
  selectApiKey,
  selectApiKeys,
  selectApiKeysEndingBy,
  selectLiveApiKeysOf,
  type OwnedApiKeyRow,
} from './store.ts';
import { toApiKey } from './to-api-key.ts';

const HINT_LENGTH = API_KEY_PREFIX.length + 4;

const DAY_MS = 86_400_000;
const daysAfter = (now: Date, days: number) => new Date(now.getTime() + days * DAY_MS);

const readExpiry = (expiresAt: string | null | undefined): Date | null => {
  if (expiresAt === null) return null;
  if (expiresAt === undefined) return daysAfter(new Date(), DEFAULT_KEY_DAYS);
  const date = new Date(expiresAt);
  if (date.getTime() <= Date.now())
    throw fieldProblem([
      { pointer: '/expires_at', code: 'in_the_past', message: 'Choose an instant in the future.' },
    ]);
  return date;
};

/** Live keys that end within fourteen days, the first to end first. */
export const listKeysNearTheirEnd = async (db: Queryable, now = new Date()): Promise<ApiKey[]> =>
  (await selectApiKeysEndingBy(db, now, daysAfter(now, NEAR_END_DAYS))).map(toApiKey);

export const listLiveKeysOf = async (db: Queryable, operatorId: string): Promise<ApiKey[]> =>
  (await selectLiveApiKeysOf(db, operatorId, new Date())).map(toApiKey);

/**
 * Keys for scripts: added, shown once, listed, revoked. A revoked key stays on the list, so that the log can
 * be read.
 */
export const createApiKeysService = ({
  database,
  known,
}: {
  database: Database;
  known: Pick<KnownKeys, 'forgetKey'>;
}) => ({
  /** A key as whoever acts after its request was answered; null once it has ended. */
  async findActor(id: string): Promise<Actor | null> {
    const row = await selectApiKey(database, id);
    if (row === null || row.revoked_at !== null) return null;
    if (row.expires_at !== null && row.expires_at.getTime() <= Date.now()) return null;
    return { kind: 'api_key', id, name: row.name, scopes: row.scopes, expiresAt: row.expires_at };
  },

  listApiKeys: async (): Promise<{ api_keys: ApiKey[] }> => ({
    api_keys: (await selectApiKeys(database)).map(toApiKey),
  }),

  async addApiKey(
    context: RequestContext,
    { name, scopes, expires_at }: ApiKeyCreate,
  ): Promise<{ api_key: ApiKey; key: string }> {
    const key = API_KEY_PREFIX + randomBytes(32).toString('base64url');
    const { actor } = context;
    const owner = actor.kind === 'operator' ? actor : null;
    const row: OwnedApiKeyRow = {
      id: newId(),
      name,
      hint: key.slice(0, HINT_LENGTH),
      scopes,
      created_at: new Date(),
      created_by: actor.kind === 'system' ? null : actor.name,
      owner_id: owner?.id ?? null,
      owner_name: owner?.name ?? null,
      expires_at: readExpiry(expires_at),
      revoked_at: null,
      last_used_at: null,
    };
    await database.transaction(async (tx) => {
      if (owner !== null && !(await lockOwner(tx, owner.id)))
        throw new Problem('forbidden', 'Only an admin can add API keys, and you are none now.');
      await insertApiKey(tx, { ...row, key_hash: hashKey(key) });
      await recordAudit(tx, context, {
        action: 'api_key.added',
        subject: { kind: 'api_key', id: row.id, name },
        changes: changesBetween({}, { scopes, expires_at: row.expires_at }),
      });
      await announceChange(tx, { subject: 'api_key', id: row.id, change: 'added', version: null });
    });
    return { api_key: toApiKey(row), key };
  },

  /** Revoking a revoked key changes nothing. */
  async revokeApiKey(context: RequestContext, id: string): Promise<undefined> {
    await database.transaction(async (tx) => {
      const row = await lockApiKey(tx, id);
      if (row === null) throw new Problem('not_found', 'No API key has this id.');
      if (row.revoked_at !== null) return;
      await revokeKey(tx, context, row);
    });
    known.forgetKey(id);
  },
});

export type ApiKeysService = ReturnType<typeof createApiKeysService>;
