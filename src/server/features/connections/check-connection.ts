import { isDeepStrictEqual } from 'node:util';
import type { Connection, ConnectionKindName } from '#contract/connections/connections.ts';
import type { ConnectionCredentials } from '#server/features/credentials/connection-credentials.ts';
import { changesBetween } from '#server/platform/audit/record.ts';
import type { Database, Transaction } from '#server/platform/db/database.ts';
import type { Egress } from '#server/platform/egress/egress.ts';
import { Problem } from '#server/problem.ts';
import { actorKey, type RequestContext } from '#server/request-context.ts';
import type { ConnectionReader } from './connection-reader.ts';
import type { CheckResult, ConnectionKind } from './kinds/upstream/connection-kind.ts';
import { recordConnectionAct } from './record-connection-act.ts';
import { createSharedChecks } from './share-checks.ts';
import { updateCheckedState, type CheckedState, type OwnRow, type SealedConnection } from './store.ts';
import { makeWatchDue } from './watch-turns-store.ts';

export interface CheckDependencies {
  database: Database;
  credentials: Pick<ConnectionCredentials, 'open'>;
  kinds: Readonly<Record<ConnectionKindName, Pick<ConnectionKind, 'role' | 'defaultBaseUrl' | 'check'>>>;
  egress: Egress;
}

const toState = ({ keyExpiresAt, numbersSeen, state, reason, message }: CheckResult): CheckedState => ({
  state,
  reason,
  message,
  key_expires_at: keyExpiresAt === null ? null : new Date(keyExpiresAt).toISOString(),
  numbers_seen: numbersSeen,
});

/** What the log tells of it: not how many numbers there were, which is no news of the account. */
const audited = ({ state, reason, key_expires_at }: CheckedState) => ({ state, reason, key_expires_at });

/** Where it leads. */
export const addressOf = (
  kinds: CheckDependencies['kinds'],
  { kind, settings }: Pick<OwnRow, 'kind' | 'settings'>,
): string => settings.base_url ?? kinds[kind].defaultBaseUrl;

const isSameAccount = (one: OwnRow, other: OwnRow) =>
  one.settings.base_url === other.settings.base_url && isDeepStrictEqual(one.marks, other.marks);

/** What it may be told of: all but when it was found. */
const isNews = (row: OwnRow, found: CheckedState): boolean =>
  (Object.keys(found) as (keyof CheckedState)[]).some((name) => row[name] !== found[name]);

/** What is asked of a connection there, and kept of it; for as long as somebody waits for it. */
interface ConnectionCheck {
  check: (context: RequestContext, id: string, signal: AbortSignal) => Promise<Connection>;
  /** Breaks off what is under way. */
  stop: () => void;
}

/**
 * Asks there whether the credentials are taken, outside of any transaction, and keeps what came of it. It makes
 * no new version.
 */
export const createCheck = (
  { database, credentials, kinds, egress }: CheckDependencies,
  reader: ConnectionReader,
): ConnectionCheck => {
  const checks = createSharedChecks();

  const ask = async ({ row, sealed }: SealedConnection, signal: AbortSignal): Promise<CheckedState> => {
    const baseUrl = addressOf(kinds, row);
    const { api_key } = credentials.open(sealed, baseUrl);
    if (api_key === undefined)
      throw new Problem(
        'credentials_needed',
        'No key is set for this address, so there is nothing to check. Set one first.',
      );
    const found = await kinds[row.kind].check({ egress, baseUrl, credentials: { api_key }, signal });
    // What was broken off here says nothing of what is there.
    signal.throwIfAborted();
    return toState(found);
  };

  const keep = async (
    tx: Transaction,
    context: RequestContext,
    asked: OwnRow,
    found: CheckedState,
  ): Promise<void> => {
    // Whatever was changed meanwhile, what is answered is how it stands.
    const row = await reader.lock(tx, { ...context, ifMatch: null }, asked.id);
    // What was found of other credentials, or elsewhere, says nothing of these; nor what another check has
    // overtaken.
    if (!isSameAccount(row, asked) || row.checked_at !== asked.checked_at) return;
    await updateCheckedState(tx, row.id, found);
    // Whoever checks wants to know how its numbers stand, too.
    if (found.state === 'ok') await makeWatchDue(tx, row.id);
    if (!isNews(row, found)) return;
    const act = { action: 'connection.checked', change: 'updated' } as const;
    await recordConnectionAct(tx, context, act, row, changesBetween(audited(row), audited(found)));
  };

  return {
    async check(context, id, signal) {
      const asked = await reader.readSealed(database, context, id);
      const { row } = asked;
      // Of another version the credentials may be others.
      const what = `${id} ${row.version}`;
      await checks.join(what, { actor: actorKey(context.actor), signal }, async (until) => {
        const found = await ask(asked, until);
        await database.transaction((tx) => keep(tx, context, row, found));
      });
      return reader.read(database, context, id);
    },
    stop: () => checks.stop(),
  };
};
