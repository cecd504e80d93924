import type { Connection } from '#contract/connections/connections.ts';
import { mayRevealOfConnections } from '#server/access.ts';
import type { AuditEventsService } from '#server/features/audit-events/service.ts';
import type { Queryable, Transaction } from '#server/platform/db/database.ts';
import type { Fingerprints } from '#server/platform/secrets/fingerprints.ts';
import { Problem } from '#server/problem.ts';
import type { RequestContext } from '#server/request-context.ts';
import { presentConnection } from './present-connection.ts';
import {
  lockConnection,
  selectConnection,
  selectSealedConnection,
  type ConnectionRow,
  type OwnRow,
  type SealedConnection,
} from './store.ts';

export interface ReaderDependencies {
  auditEvents: Pick<AuditEventsService, 'findFieldsChangedSince'>;
  fingerprints: Fingerprints;
}

/** How a connection is found, for each act. Each throws `not_found`; what is held stale, `version_conflict`. */
export interface ConnectionReader {
  present: (context: RequestContext, row: ConnectionRow) => Connection;
  read: (queryable: Queryable, context: RequestContext, id: string) => Promise<Connection>;
  /** The row at the version that the caller expects, and what is sealed for it. */
  readSealed: (queryable: Queryable, context: RequestContext, id: string) => Promise<SealedConnection>;
  /** The row at the version that the caller expects, locked until the transaction ends. */
  lock: (tx: Transaction, context: RequestContext, id: string) => Promise<ConnectionRow>;
}

export const createConnectionReader = ({
  auditEvents,
  fingerprints,
}: ReaderDependencies): ConnectionReader => {
  const present = ({ actor }: RequestContext, row: ConnectionRow): Connection =>
    presentConnection(row, mayRevealOfConnections(actor) ? fingerprints.plain : fingerprints.veiled);

  const there = <T>(found: T | undefined): T => {
    if (found !== undefined) return found;
    throw new Problem('not_found', 'No connection has this id.');
  };

  const refuseStale = async <Row extends OwnRow>(
    queryable: Queryable,
    { ifMatch }: RequestContext,
    row: Row,
  ): Promise<Row> => {
    const { id, version } = row;
    if (ifMatch === null || ifMatch === version) return row;
    const detail = `You hold version ${ifMatch}, but the connection is at version ${version}. Look at what changed, then try again.`;
    throw new Problem('version_conflict', detail, {
      changed_fields: await auditEvents.findFieldsChangedSince(queryable, 'connection', id, ifMatch),
    });
  };

  return {
    present,
    read: async (queryable, context, id) => present(context, there(await selectConnection(queryable, id))),
    async readSealed(queryable, context, id) {
      const found = there(await selectSealedConnection(queryable, id));
      await refuseStale(queryable, context, found.row);
      return found;
    },
    lock: async (tx, context, id) => refuseStale(tx, context, there(await lockConnection(tx, id))),
  };
};
