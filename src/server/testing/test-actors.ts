import type { Role, Scope } from '#contract/access.ts';
import { API_KEY_PREFIX } from '#contract/api-keys.ts';
import type { Database } from '#server/platform/db/database.ts';
import { hashKey } from '#server/features/api-keys/known-keys.ts';
import { insertApiKey } from '#server/features/api-keys/store.ts';
import { hashToken, newToken } from '#server/features/sessions/cookie.ts';
import { hashPassword } from '#server/features/sessions/accounts/passwords.ts';
import { insertOperator, insertSession, type OperatorRow } from '#server/features/sessions/accounts/store.ts';
import { newId } from '#server/lib/ids.ts';

export const TEST_PASSWORD = 'correct horse battery staple';

export interface GivenOperator {
  operatorId: string;
  email: string;
  sessionId: string;
  /** The session's cookie, as the browser sends it. */
  cookie: string;
}

// Hashing is made slow on purpose; every test operator has the same password, so once is enough.
let passwordHash: Promise<string> | undefined;

export const giveOperator = async (database: Database, role: Role): Promise<OperatorRow> => {
  const hash = await (passwordHash ??= hashPassword(TEST_PASSWORD));
  const id = newId();
  const operator = { id, name: `Test ${role}`, email: `${role}-${id}@company.example`, role };
  await database.transaction((tx) => insertOperator(tx, operator, hash));
  return operator;
};

const MINUTE_MS = 60_000;

/** A new operator, signed in by real rows, but without the work of a password and without an audit event. */
export const giveSession = async (
  database: Database,
  role: Role,
  { fresh = true }: { fresh?: boolean } = {},
): Promise<GivenOperator & { headers: Record<string, string> }> => {
  const operator = await giveOperator(database, role);
  const token = newToken();
  const now = new Date();
  const session = {
    id: newId(),
    operator_id: operator.id,
    token_hash: hashToken(token),
    created_at: now,
    last_seen_at: now,
    expires_at: new Date(now.getTime() + 60 * MINUTE_MS),
    fresh_until: new Date(now.getTime() + (fresh ? 10 : -1) * MINUTE_MS),
    address: null,
    user_agent: null,
  };
  await database.transaction((tx) => insertSession(tx, session));
  const cookie = `cordboard_session=${token}`;
  return {
    operatorId: operator.id,
    email: operator.email,
    sessionId: session.id,
    cookie,
    headers: { cookie },
  };
};

/** A new API key, without an audit event. */
export const giveKey = async (
  database: Database,
  scopes: readonly Scope[],
  { expiresAt = null, ownerId = null }: { expiresAt?: Date | null; ownerId?: string | null } = {},
): Promise<{ apiKeyId: string; key: string; headers: Record<string, string> }> => {
  const key = API_KEY_PREFIX + newToken();
  const row = {
    id: newId(),
    name: 'test',
    hint: key.slice(0, 8),
    key_hash: hashKey(key),
    scopes: [...scopes],
    created_at: new Date(),
    created_by: null,
    owner_id: ownerId,
    expires_at: expiresAt,
    revoked_at: null,
    last_used_at: null,
  };
  await database.transaction((tx) => insertApiKey(tx, row));
  return { apiKeyId: row.id, key, headers: { authorization: `Bearer ${key}` } };
};
