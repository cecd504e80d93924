import type {
  Connection,
  ConnectionCreate,
  ConnectionKindName,
  ConnectionList,
} from '#contract/connections/connections.ts';
import { pointerTo } from '#contract/pointer.ts';
import { assertMayRedirect } from '#server/access.ts';
import type { ConnectionCredentials } from '#server/features/credentials/connection-credentials.ts';
import { newId } from '#server/lib/ids.ts';
import { changesBetween } from '#server/platform/audit/record.ts';
import { isUniqueViolation, type Queryable, type Transaction } from '#server/platform/db/database.ts';
import { actOnce, answerOnce, doOnce } from '#server/platform/idempotency/answer-once.ts';
import { Problem } from '#server/problem.ts';
import type { RequestContext } from '#server/request-context.ts';
import { addressOf, createCheck, type CheckDependencies } from './check-connection.ts';
import { createConnectionReader, type ReaderDependencies } from './connection-reader.ts';
import type { ConnectionKind } from './kinds/upstream/connection-kind.ts';
import type { Outbox } from '#server/features/outbox/outbox.ts';
import { createOpening, type Opening } from './open-connection.ts';
import { readPatch } from './read-patch.ts';
import { audited, recordConnectionAct } from './record-connection-act.ts';
import {
  countConnections,
  deleteConnectionRow,
  insertConnection,
  selectConnections,
  selectKind,
  updateConnection,
} from './store.ts';
import { createWatchTurns, type WatchTurns } from './watch-turns.ts';

export interface ConnectionsService {
  listConnections(context: RequestContext): Promise<ConnectionList>;
  addConnection(context: RequestContext, body: ConnectionCreate): Promise<Connection>;
  readConnection(context: RequestContext, id: string): Promise<Connection>;
  /** A merge patch as it was sent. */
  updateConnection(context: RequestContext, id: string, body: Record<string, unknown>): Promise<Connection>;
  removeConnection(context: RequestContext, id: string): Promise<undefined>;
  /** Asks there, outside of any transaction, and keeps what came of it. Broken off with the signal. */
  checkConnection(context: RequestContext, id: string, signal: AbortSignal): Promise<Connection>;
  setPaused(context: RequestContext, id: string, paused: boolean): Promise<Connection>;
  /** What can be asked of a connection, whether or not it is open; null where it is not there. */
  findKind(queryable: Queryable, id: string): Promise<ConnectionKind | null>;
  /** For features that ask and tell the accounts. */
  opening: Opening;
  /** For who reads all numbers of an account now and then. */
  watchTurns: WatchTurns;
  /** Breaks off the checks under way. */
  stop(): void;
}

interface Dependencies extends CheckDependencies, ReaderDependencies {
  credentials: ConnectionCredentials;
  kinds: Readonly<Record<ConnectionKindName, ConnectionKind>>;
  outbox: Pick<Outbox, 'holdLinksOf' | 'letGoLinksOf'>;
  /** Stand-ins of tests are on this machine, and speak http. */
  allowLoopback: boolean;
}

// All of them are read together.
const MAX_CONNECTIONS = 50;

const refuseTakenName = (error: unknown): never => {
  if (!isUniqueViolation(error, 'connection_name_key')) throw error;
  const message =
    'Choose a name that no other connection has: names that look alike are one, in upper or lower case.';
  throw new Problem('connection_name_taken', message, {
    errors: [{ pointer: pointerTo('name'), code: 'connection_name_taken', message }],
  });
};

const needCredentials = () => {
  const message = 'Send the key of this address along: the one that is kept is not sent to another address.';
  return new Problem('credentials_needed', message, {
    errors: [{ pointer: pointerTo('credentials', 'api_key'), code: 'credentials_needed', message }],
  });
};

const needAddress = () => {
  const message =
    'Say which address this key is for, or send If-Match: it might have been led elsewhere since you looked.';
  return new Problem('address_needed', message, {
    errors: [{ pointer: pointerTo('settings', 'base_url'), code: 'address_needed', message }],
  });
};

/** What may happen to connections. Each act is one transaction: the row, its event, its announcement. */
export const createConnectionsService = (dependencies: Dependencies): ConnectionsService => {
  const { database, credentials, kinds, outbox, allowLoopback } = dependencies;
  const reader = createConnectionReader(dependencies);
  const { check, stop } = createCheck(dependencies, reader);
  const { present, read, lock } = reader;

  const assertMayLeadTo = ({ actor }: RequestContext, url: string | undefined): void => {
    assertMayRedirect(actor, new Date());
    if (url === undefined || allowLoopback || url.startsWith('https:')) return;
    const message = 'Write it with https: what is sent there could be read on the way.';
    throw new Problem('not_https', message, {
      errors: [{ pointer: pointerTo('settings', 'base_url'), code: 'not_https', message }],
    });
  };

  const add = async (tx: Transaction, context: RequestContext, body: ConnectionCreate) => {
    const { kind, name, settings, credentials: secrets } = body;
    const url = settings?.base_url ?? undefined;
    if (url !== undefined) assertMayLeadTo(context, url);
    if ((await countConnections(tx)) >= MAX_CONNECTIONS)
      throw new Problem('too_many_connections', `There is room for ${MAX_CONNECTIONS}. Remove one first.`);
    const row = { id: newId(), kind, role: kinds[kind].role, name, settings: url ? { base_url: url } : {} };
    await insertConnection(tx, row);
    const leading = { id: row.id, address: addressOf(kinds, row) };
    const changed = await credentials.findChanges(tx, context, leading, secrets);
    await credentials.save(tx, context, { ...leading, version: 1 }, changed.secrets);
    await recordConnectionAct(
      tx,
      context,
      { action: 'connection.added', change: 'added' },
      { id: row.id, name, version: 1 },
      { ...changesBetween({}, { kind, ...audited(row) }), ...changed.audited },
    );
    return read(tx, context, row.id);
  };

  const update = async (
    tx: Transaction,
    context: RequestContext,
    id: string,
    body: Record<string, unknown>,
  ): Promise<Connection> => {
    const before = await lock(tx, context, id);
    const shown = present(context, before);
    const { after, secrets: sent, saysAddress } = await readPatch(context, before, shown, body);
    if (Object.keys(sent).length > 0 && !saysAddress && context.ifMatch === null) throw needAddress();
    const isRedirected = before.settings.base_url !== after.settings.base_url;
    if (isRedirected) {
      assertMayLeadTo(context, after.settings.base_url);
      if (sent.api_key === undefined) throw needCredentials();
    }
    // Who is asked there must be looked at first, by somebody who may.
    const paused = after.paused || (isRedirected && (await outbox.holdLinksOf(tx, id)));
    const leading = { id, address: addressOf(kinds, { ...after, kind: before.kind }) };
    const { secrets, audited: secretChanges } = await credentials.findChanges(tx, context, leading, sent);
    const changes = {
      ...changesBetween(audited(before), audited(after)),
      ...changesBetween({ paused: before.paused }, { paused }),
      ...secretChanges,
    };
    if (Object.keys(changes).length > 0) {
      const forgetCheck = isRedirected || Object.keys(secrets).length > 0;
      const version = await updateConnection(tx, id, { ...after, paused }, { forgetCheck });
      await credentials.save(tx, context, { ...leading, version }, secrets);
      await recordConnectionAct(
        tx,
        context,
        { action: 'connection.updated', change: 'updated' },
        { id, name: after.name, version },
        changes,
      );
    }
    return read(tx, context, id);
  };

  const once = (context: RequestContext, id: string, act: (tx: Transaction) => Promise<Connection>) =>
    database.transaction((tx) =>
      actOnce(
        tx,
        context,
        200,
        () => act(tx),
        () => read(tx, context, id),
      ),
    );

  return {
    listConnections: async (context) => ({
      connections: (await selectConnections(database)).map((row) => present(context, row)),
      allows_loopback: allowLoopback,
    }),

    readConnection: (context, id) => read(database, context, id),

    addConnection: (context, body) =>
      database
        .transaction((tx) => answerOnce(tx, context, 201, () => add(tx, context, body)))
        .catch(refuseTakenName),

    updateConnection: (context, id, body) =>
      once(context, id, (tx) => update(tx, context, id, body)).catch(refuseTakenName),

    async removeConnection(context, id) {
      const remove = async (tx: Transaction) => {
        const row = await lock(tx, context, id);
        await deleteConnectionRow(tx, id);
        const act = { action: 'connection.removed', change: 'deleted' } as const;
        const subject = { id, name: row.name, version: row.version + 1 };
        await recordConnectionAct(tx, context, act, subject, changesBetween(audited(row), {}));
      };
      await database.transaction((tx) => doOnce(tx, context, () => remove(tx)));
      return undefined;
    },

    checkConnection: check,
    findKind: async (queryable, id) => {
      const kind = await selectKind(queryable, id);
      return kind === undefined ? null : kinds[kind];
    },
    opening: createOpening(dependencies),
    watchTurns: createWatchTurns(database),
    stop,

    setPaused: (context, id, paused) =>
      once(context, id, async (tx) => {
        const before = await lock(tx, context, id);
        if (before.paused === paused) return present(context, before);
        const version = await updateConnection(tx, id, { ...before, paused }, { forgetCheck: false });
        if (!paused) await outbox.letGoLinksOf(tx, id);
        await recordConnectionAct(
          tx,
          context,
          { action: paused ? 'connection.paused' : 'connection.resumed', change: 'updated' },
          { id, name: before.name, version },
          changesBetween({ paused: before.paused }, { paused }),
        );
        return read(tx, context, id);
      }),
  };
};
