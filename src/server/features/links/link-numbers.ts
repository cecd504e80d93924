import { pointerTo } from '#contract/pointer.ts';
import type { ConnectionRole } from '#contract/connections/connections.ts';
import type { AgentsService } from '#server/features/agents/service.ts';
import type { ConnectionsService } from '#server/features/connections/service.ts';
import type { Outbox } from '#server/features/outbox/outbox.ts';
import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import { recordAudits } from '#server/platform/audit/record.ts';
import { announceChanges } from '#server/platform/changes/announce.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import { fieldProblem, Problem } from '#server/problem.ts';
import type { RequestContext } from '#server/request-context.ts';
import { deleteLinks, insertLinks } from '#server/features/links/rows/link-store.ts';
import { selectBeingCreated } from '#server/features/links/rows/queue-store.ts';

interface NumberAtVersion {
  id: string;
  version: number | null;
}

/** The account that numbers are to be in, and as what. */
export interface LinkTarget {
  role: ConnectionRole;
  connection_id: string;
}

type Outcome = Awaited<ReturnType<PhoneNumbersService['changePhoneNumbers']>>[number];
type Row = NonNullable<Outcome['row']>;

interface Dependencies {
  phoneNumbers: Pick<PhoneNumbersService, 'changePhoneNumbers' | 'judgePhoneNumbers' | 'findRows'>;
  agents: Pick<AgentsService, 'findUnlinked'>;
  connections: Pick<ConnectionsService, 'findKind'>;
  outbox: Outbox;
}

const noConnection = () => {
  const message = 'No connection of this role has this id.';
  return new Problem('connection_not_found', message, {
    errors: [{ pointer: pointerTo('connection_id'), code: 'connection_not_found', message }],
  });
};

const beingCreated = () =>
  new Problem('link_changed', 'It is being created there at this moment. Try again in a few seconds.');

const agentFields = ['inbound_agent_id', 'outbound_agent_id'] as const;

const linkIn = (row: Row, role: ConnectionRole) => (row.links ?? []).find((link) => link.role === role);

/** Numbers put into an account, and taken out of one: one number is a set of one. */
export const createLinkNumbers = ({ phoneNumbers, agents, connections, outbox }: Dependencies) => {
  /** Why each cannot be linked; null where it can. */
  const refusalsOf = async (
    tx: Transaction,
    { role, connection_id: connectionId }: LinkTarget,
    rows: readonly Row[],
  ): Promise<(Problem | null)[]> => {
    const kind = await connections.findKind(tx, connectionId);
    if (kind === null || kind.role !== role) return rows.map(noConnection);
    const unlinked = await agents.findUnlinked(
      tx,
      rows.map((row) => ({
        places: Object.fromEntries(
          agentFields.flatMap((field) => (row[field] === null ? [] : [[pointerTo(field), row[field]]])),
        ),
        connectionIds: [connectionId],
      })),
    );
    return rows.map((row, at) => {
      if (linkIn(row, role) !== undefined)
        return new Problem('already_linked', 'The number is linked in this role. Unlink it first.');
      if (kind.fieldsOf(row.provider).editable.length === 0)
        return new Problem('validation_failed', 'The platform has no numbers of this provider.');
      const errors = unlinked[at] ?? [];
      return errors.length > 0 ? fieldProblem(errors) : null;
    });
  };

  // Locks them, and compares their versions; it changes nothing.
  const lock = (tx: Transaction, context: RequestContext, numbers: readonly NumberAtVersion[]) =>
    phoneNumbers.changePhoneNumbers(
      tx,
      context,
      numbers.map((number) => ({ ...number, patch: {} })),
    );

  // What others linked while the lock was waited for is seen by a second statement.
  const readLocked = (tx: Transaction, outcomes: readonly Outcome[]): Promise<Row[]> =>
    phoneNumbers.findRows(
      tx,
      outcomes.flatMap(({ row }) => row?.id ?? []),
    );

  const tell = async (
    tx: Transaction,
    context: RequestContext,
    action: 'phone_number.linked' | 'phone_number.unlinked',
    rows: readonly Row[],
  ): Promise<void> => {
    await recordAudits(
      tx,
      context,
      rows.map(({ id, phone_number: name }) => ({
        action,
        subject: { kind: 'phone_number' as const, id, name },
      })),
    );
    await announceChanges(tx, { subject: 'phone_number', change: 'updated' }, rows);
  };

  return {
    judgeLinks: async (
      tx: Transaction,
      target: LinkTarget,
      ids: readonly string[],
    ): Promise<Map<string, Problem | null>> => {
      const rows = await phoneNumbers.findRows(tx, ids);
      const refusals = await refusalsOf(tx, target, rows);
      return new Map(rows.map(({ id }, at) => [id, refusals[at] ?? null]));
    },

    /** What is found there, or is created, is found soon after. */
    linkNumbers: async (
      tx: Transaction,
      context: RequestContext,
      numbers: readonly NumberAtVersion[],
      target: LinkTarget,
    ): Promise<Outcome[]> => {
      const outcomes = await lock(tx, context, numbers);
      const rows = await readLocked(tx, outcomes);
      const refusals = await refusalsOf(tx, target, rows);
      const refused = new Map(rows.map(({ id }, at) => [id, refusals[at] ?? null]));
      const free = rows.filter(({ id }) => refused.get(id) === null);
      const places = free.map(({ id }) => ({ phone_number_id: id, ...target }));
      await insertLinks(tx, places);
      await outbox.queue(
        tx,
        context,
        places.map((place) => ({ ...place, act: 'create', fields: [] })),
      );
      await tell(tx, context, 'phone_number.linked', free);
      return outcomes.map((outcome): Outcome => {
        const problem = outcome.row === null ? outcome.problem : (refused.get(outcome.row.id) ?? null);
        return problem === null ? outcome : { row: null, problem };
      });
    },

    /** Nothing is changed there. One that has no link in this role is left as it is. */
    unlinkNumbers: async (
      tx: Transaction,
      context: RequestContext,
      numbers: readonly NumberAtVersion[],
      role: ConnectionRole,
    ): Promise<(Outcome & { wasLinked: boolean })[]> => {
      const outcomes = await lock(tx, context, numbers);
      const rows = await readLocked(tx, outcomes);
      const there = rows.map(({ id }) => id);
      // Unlinked and linked again, it would be created twice.
      const creating = await selectBeingCreated(tx, there, role);
      const linked = rows.filter((row) => linkIn(row, role) && !creating.has(row.id));
      await deleteLinks(
        tx,
        linked.map(({ id }) => id),
        role,
      );
      await tell(tx, context, 'phone_number.unlinked', linked);
      const was = new Set(linked.map(({ id }) => id));
      return outcomes.map((outcome) =>
        outcome.row !== null && creating.has(outcome.row.id)
          ? { row: null, problem: beingCreated(), wasLinked: false }
          : { ...outcome, wasLinked: outcome.row !== null && was.has(outcome.row.id) },
      );
    },
  };
};

export type LinkNumbers = ReturnType<typeof createLinkNumbers>;
