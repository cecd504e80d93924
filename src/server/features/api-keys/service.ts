import { randomBytes } from 'node:crypto';
import { API_KEY_PREFIX, type ApiKey, type ApiKeyCreate } from '#contract/api-keys.ts';
import { changesBetween, recordAudit } from '#server/audit/record.ts';
import { announceChange } from '#server/changes/announce.ts';
import type { Database } from '#server/db/database.ts';
import { fieldProblem, Problem } from '#server/http/problem.ts';
import { newId } from '#server/ids.ts';
import type { RequestContext } from '#server/request-context.ts';
import { hashKey, type KnownKeys } from './known-keys.ts';
import { insertApiKey, lockApiKey, markApiKeyRevoked, selectApiKeys, type ApiKeyRow } from './store.ts';

const HINT_LENGTH = API_KEY_PREFIX.length + 4;

const toApiKey = (row: ApiKeyRow): ApiKey => ({
  api_key_id: row.id,
  name: row.name,
  hint: row.hint,
  scopes: row.scopes,
  created_at: row.created_at.toISOString(),
  created_by: row.created_by,
  expires_at: row.expires_at?.toISOString() ?? null,
  revoked_at: row.revoked_at?.toISOString() ?? null,
  last_used_at: row.last_used_at?.toISOString() ?? null,
});

const readExpiry = (expiresAt: string | null | undefined): Date | null => {
  if (expiresAt === null || expiresAt === undefined) return null;
  const date = new Date(expiresAt);
  if (date.getTime() <= Date.now())
    throw fieldProblem([{ pointer: '/expires_at', code: 'in_the_past', message: 'Choose an instant in the future.' }]);
  return date;
};

/** Keys for scripts: added, shown once, listed, revoked. A revoked key stays on the list, so that the log can be read. */
export const createApiKeysService = ({ database, known }: { database: Database; known: Pick<KnownKeys, 'forgetKey'> }) => {
  return {
    listApiKeys: async (): Promise<{ api_keys: ApiKey[] }> => ({ api_keys: (await selectApiKeys(database)).map(toApiKey) }),

    async addApiKey(context: RequestContext, { name, scopes, expires_at }: ApiKeyCreate): Promise<{ api_key: ApiKey; key: string }> {
      const key = API_KEY_PREFIX + randomBytes(32).toString('base64url');
      const row: ApiKeyRow = {
        id: newId(),
        name,
        hint: key.slice(0, HINT_LENGTH),
        scopes,
        created_at: new Date(),
        created_by: context.actor.kind === 'system' ? null : context.actor.name,
        expires_at: readExpiry(expires_at),
        revoked_at: null,
        last_used_at: null,
      };
      await database.transaction(async (tx) => {
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
        await markApiKeyRevoked(tx, id);
        await recordAudit(tx, context, { action: 'api_key.revoked', subject: { kind: 'api_key', id, name: row.name } });
        await announceChange(tx, { subject: 'api_key', id, change: 'updated', version: null });
      });
      known.forgetKey(id);
    },
  };
};

export type ApiKeysService = ReturnType<typeof createApiKeysService>;
