import type { SetUp } from '#contract/sessions.ts';
import { recordAudit } from '#server/platform/audit/record.ts';
import { announceChange } from '#server/platform/changes/announce.ts';
import type { Database } from '#server/platform/db/database.ts';
import { Problem } from '#server/problem.ts';
import { newId } from '#server/lib/ids.ts';
import type { RequestContext } from '#server/request-context.ts';
import { hashToken, newToken } from './cookie.ts';
import { hashPassword } from '#server/features/sessions/accounts/passwords.ts';
import {
  deleteSetUpLink,
  hasAdmin,
  isSetUpLinkAlive,
  lockOperators,
  replaceSetUpLink,
  takeSetUpLink,
} from './set-up-store.ts';
import { insertOperator, type OperatorRow } from '#server/features/sessions/accounts/store.ts';

/*
 * The promise: the first admin is made once, by whoever holds the link that the server printed. The link
 * works for an hour, until the next start, until it is used, or until there is an admin by another way.
 */

const LINK_MS = 60 * 60_000;

const invalidLink = () =>
  new Problem(
    'invalid_set_up_link',
    'The link was used, is older than an hour, or is of an earlier start. Start the server again for a new one.',
  );

export const createSetUp = (database: Database) => ({
  /** The path of a new one-time link while there is no admin; else null, and any link of before is dead. */
  offerSetUp: (): Promise<string | null> =>
    database.transaction(async (tx) => {
      await lockOperators(tx);
      if (await hasAdmin(tx)) {
        await deleteSetUpLink(tx);
        return null;
      }
      const token = newToken();
      await replaceSetUpLink(tx, hashToken(token), new Date(Date.now() + LINK_MS));
      return `/set-up#${token}`;
    }),

  readSetUpState: async (): Promise<{ needed: boolean }> => ({ needed: !(await hasAdmin(database)) }),

  /** Makes the first admin and lets `open` sign them in, in one transaction. */
  async makeFirstAdmin<T>(
    context: RequestContext,
    { token, name, email, password }: SetUp,
    open: (tx: Parameters<Parameters<Database['transaction']>[0]>[0], operator: OperatorRow) => Promise<T>,
  ): Promise<T> {
    const tokenHash = hashToken(token);
    // Asked before the work of hashing, and again where it counts.
    if (!(await isSetUpLinkAlive(database, tokenHash, new Date()))) throw invalidLink();
    const passwordHash = await hashPassword(password);
    const operator: OperatorRow = { id: newId(), name, email, role: 'admin' };
    return database.transaction(async (tx) => {
      await lockOperators(tx);
      if ((await hasAdmin(tx)) || !(await takeSetUpLink(tx, tokenHash, new Date()))) throw invalidLink();
      await insertOperator(tx, operator, passwordHash);
      await recordAudit(
        tx,
        { ...context, actor: { kind: 'system', id: null, name: 'Set-up link' } },
        {
          action: 'operator.added',
          subject: { kind: 'operator', id: operator.id, name: email },
          changes: { name: { before: null, after: name }, role: { before: null, after: 'admin' } },
        },
      );
      await announceChange(tx, { subject: 'operator', id: operator.id, change: 'added', version: null });
      return open(tx, operator);
    });
  },
});
