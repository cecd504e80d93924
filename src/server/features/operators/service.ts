import { operatorUpdateSchema, type Operator, type OperatorCreate } from '#contract/operators.ts';
import { changesBetween, recordAudit } from '#server/platform/audit/record.ts';
import { announceChange } from '#server/platform/changes/announce.ts';
import type { Database, Transaction } from '#server/platform/db/database.ts';
import { Problem } from '#server/problem.ts';
import { readOver } from '#server/platform/http/body/read-over.ts';
import type { Actor, RequestContext } from '#server/request-context.ts';
import type { KnownKeys } from '#server/features/api-keys/known-keys.ts';
import { settleApiKeys, type Owner } from '#server/features/api-keys/settle-keys.ts';
import type { SessionsService } from '#server/features/sessions/service.ts';
import {
  hasOtherAdmin,
  lockOperator,
  selectOperator,
  selectOperatorByEmail,
  selectOperators,
  updateOperatorRow,
  type OperatorRecord,
} from './store.ts';

/*
 * The promise: there is always an admin who can sign in, and whoever is none owns no live API key. Who is one
 * changes under one lock, so two admins who demote each other at once do not both succeed.
 */

export interface OperatorsDependencies {
  database: Database;
  sessions: Pick<
    SessionsService,
    'prepareEnrolment' | 'preparePassword' | 'lockOperators' | 'endSessions' | 'forgetOperator'
  >;
  apiKeys: Pick<KnownKeys, 'forgetKey'>;
}

const toOperator = (row: OperatorRecord): Operator => ({
  operator_id: row.id,
  name: row.name,
  email: row.email,
  role: row.role,
  is_disabled: row.disabled_at !== null,
  created_at: row.created_at.toISOString(),
});

const notFound = () => new Problem('not_found', 'No operator has this id.');
const subjectOf = ({ id, email }: OperatorRecord) => ({ kind: 'operator' as const, id, name: email });
const actingOwner = ({ actor }: RequestContext): Owner | null => (actor.kind === 'operator' ? actor : null);
const isWorkingAdmin = (row: OperatorRecord) => row.role === 'admin' && row.disabled_at === null;

export const createOperatorsService = ({ database, sessions, apiKeys }: OperatorsDependencies) => {
  const recordUpdate = async (
    tx: Transaction,
    context: RequestContext,
    before: OperatorRecord,
    after: OperatorRecord,
  ) => {
    const subject = subjectOf(after);
    const changes = changesBetween(
      { name: before.name, role: before.role },
      { name: after.name, role: after.role },
    );
    if (Object.keys(changes).length > 0)
      await recordAudit(tx, context, { action: 'operator.updated', subject, changes });
    if ((before.disabled_at === null) !== (after.disabled_at === null))
      await recordAudit(tx, context, {
        action: after.disabled_at ? 'operator.disabled' : 'operator.enabled',
        subject,
      });
  };

  return {
    /** An operator as whoever acts without a session of theirs; null for who is disabled. */
    async findActor(id: string): Promise<Actor | null> {
      const row = await selectOperator(database, id);
      if (row === null || row.disabled_at !== null) return null;
      const { name, email, role } = row;
      return { kind: 'operator', id, name, email, role, sessionId: '', freshUntil: new Date(0) };
    },

    listOperators: async (): Promise<{ operators: Operator[] }> => ({
      operators: (await selectOperators(database)).map(toOperator),
    }),

    /** For the command line, which names operators by their address. */
    findOperator: async (email: string): Promise<Operator | null> => {
      const row = await selectOperatorByEmail(database, email);
      return row && toOperator(row);
    },

    async addOperator(context: RequestContext, { password, ...operator }: OperatorCreate): Promise<Operator> {
      const enrol = await sessions.prepareEnrolment(operator, password);
      return database.transaction(async (tx) => {
        const id = await enrol(tx);
        const { name, email, role } = operator;
        const changes = changesBetween({}, { name, role });
        await recordAudit(tx, context, {
          action: 'operator.added',
          subject: { kind: 'operator', id, name: email },
          changes,
        });
        await announceChange(tx, { subject: 'operator', id, change: 'added', version: null });
        const added = await lockOperator(tx, id);
        if (added === null) throw notFound();
        return toOperator(added);
      });
    },

    /**
     * `body` is a merge patch as it was sent. `newOwner` takes over the keys that are to be taken over:
     * whoever acts, unless the command line names another.
     */
    async updateOperator(
      context: RequestContext,
      id: string,
      body: Record<string, unknown>,
      newOwner = actingOwner(context),
    ): Promise<Operator> {
      const { updated, endedKeys } = await database.transaction(async (tx) => {
        await sessions.lockOperators(tx);
        const before = await lockOperator(tx, id);
        if (before === null) throw notFound();
        const update = await readOver(context, operatorUpdateSchema, { name: before.name }, body);
        const after: OperatorRecord = {
          ...before,
          name: update.name ?? before.name,
          role: update.role ?? before.role,
        };
        if (update.is_disabled !== undefined)
          after.disabled_at = update.is_disabled ? (before.disabled_at ?? new Date()) : null;
        if (isWorkingAdmin(before) && !isWorkingAdmin(after) && !(await hasOtherAdmin(tx, id)))
          throw new Problem('last_admin', 'Make someone else an admin first.');
        const settlement = {
          owner: after,
          answers: update.api_keys ?? {},
          newOwner,
          mayKeep: isWorkingAdmin(after),
        };
        const ended = await settleApiKeys(tx, context, settlement);
        await recordUpdate(tx, context, before, after);
        await updateOperatorRow(tx, after);
        if (after.disabled_at !== null) await sessions.endSessions(tx, id, null);
        await announceChange(tx, { subject: 'operator', id, change: 'updated', version: null });
        return { updated: after, endedKeys: ended };
      });
      sessions.forgetOperator(id);
      for (const keyId of endedKeys) apiKeys.forgetKey(keyId);
      return toOperator(updated);
    },

    /** For the command line: a password that someone else chose. Every session of the operator ends. */
    async resetPassword(context: RequestContext, id: string, password: string): Promise<void> {
      const replacePassword = await sessions.preparePassword(password);
      await database.transaction(async (tx) => {
        const operator = await lockOperator(tx, id);
        if (operator === null) throw notFound();
        await replacePassword(tx, id);
        await sessions.endSessions(tx, id, null);
        await recordAudit(tx, context, { action: 'operator.password_changed', subject: subjectOf(operator) });
        await announceChange(tx, { subject: 'operator', id, change: 'updated', version: null });
      });
      sessions.forgetOperator(id);
    },
  };
};

export type OperatorsService = ReturnType<typeof createOperatorsService>;
