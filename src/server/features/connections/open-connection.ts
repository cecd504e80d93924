import type { ConnectionKindName } from '#contract/connections/connections.ts';
import type { ConnectionCredentials } from '#server/features/credentials/connection-credentials.ts';
import type { Database, Transaction } from '#server/platform/db/database.ts';
import type { Egress } from '#server/platform/egress/egress.ts';
import { systemContext } from '#server/request-context.ts';
import { addressOf } from './check-connection.ts';
import type { ConnectionKind, UpstreamClient } from './kinds/upstream/connection-kind.ts';
import type { UpstreamError } from './kinds/upstream/upstream-error.ts';
import { createPacedEgress } from './pace.ts';
import { recordConnectionAct } from './record-connection-act.ts';
import {
  keepOpen,
  keepSealedConnection,
  lockConnection,
  selectSealedConnection,
  updateCheckedState,
  type SealedConnection,
} from './store.ts';

/** An account that may be asked and told now. */
export interface OpenConnection {
  id: string;
  name: string;
  kind: ConnectionKind;
  client: UpstreamClient;
  /** What it was opened with: another version may have other credentials. */
  version: number;
  /** Tells its key from others; what it is cannot be read from it. */
  keyMark: string;
}

/** To which account a connection led once: where, and with which key. */
export interface LedTo {
  id: string;
  address: string;
  keyMark: string;
}

/** Why nothing is sent there: it is paused, its credentials are refused, or there are none for its address. */
export type ClosedConnection = { closed: 'paused' | 'refused' | 'no_key' | 'gone' };

export interface Opening {
  /** Its requests keep the pace of the account. */
  openConnection(
    id: string,
    signal?: AbortSignal,
    /** For what an admin asks to see, and that sends nothing. */
    options?: { evenPaused: boolean },
  ): Promise<OpenConnection | ClosedConnection>;
  /** Whether it may still be asked as it was opened; so it is until the transaction ends. */
  isStillOpen(tx: Transaction, opened: Pick<OpenConnection, 'id' | 'version'>): Promise<boolean>;
  /** Whether it leads to the same account still, be it paused; so it does until the transaction ends. */
  leadsTo(tx: Transaction, account: LedTo): Promise<boolean>;
  /** The platform refuses the credentials: nothing more is sent until there are others. */
  noteRefusal(opened: OpenConnection, error: UpstreamError): Promise<void>;
}

interface Dependencies {
  database: Database;
  credentials: Pick<ConnectionCredentials, 'open'>;
  kinds: Readonly<Record<ConnectionKindName, ConnectionKind>>;
  egress: Egress;
}

/** Undefined where there is none for this address. */
const keyMarkOf = (sealed: SealedConnection['sealed'], address: string): string | undefined =>
  sealed.find((row) => row.field === 'api_key' && row.address === address)?.fingerprint;

export const createOpening = ({ database, credentials, kinds, egress }: Dependencies): Opening => ({
  async openConnection(id, signal, { evenPaused } = { evenPaused: false }) {
    const found = await selectSealedConnection(database, id);
    if (found === undefined) return { closed: 'gone' };
    const { row, sealed } = found;
    if (row.paused && !evenPaused) return { closed: 'paused' };
    if (row.state === 'refused') return { closed: 'refused' };
    const baseUrl = addressOf(kinds, row);
    const { api_key } = credentials.open(sealed, baseUrl);
    const kind = kinds[row.kind];
    if (api_key === undefined) return { closed: 'no_key' };
    const client = {
      egress: createPacedEgress({ database, egress }, id),
      baseUrl,
      credentials: { api_key },
      ...(signal !== undefined && { signal }),
    };
    const keyMark = keyMarkOf(sealed, baseUrl);
    if (keyMark === undefined) return { closed: 'no_key' };
    return { id, name: row.name, kind, client, version: row.version, keyMark };
  },

  isStillOpen: keepOpen,

  async leadsTo(tx, { id, address, keyMark }) {
    const found = await keepSealedConnection(tx, id);
    if (found === undefined || addressOf(kinds, found.row) !== address) return false;
    return keyMarkOf(found.sealed, address) === keyMark;
  },

  async noteRefusal({ id, version }, { code, message }) {
    await database.transaction(async (tx) => {
      const row = await lockConnection(tx, id);
      // Of other credentials it says nothing.
      if (row === undefined || row.version !== version || row.state === 'refused') return;
      const found = { ...row, state: 'refused', reason: code, message, numbers_seen: null } as const;
      await updateCheckedState(tx, id, found);
      await recordConnectionAct(
        tx,
        systemContext('Cordboard'),
        { action: 'connection.checked', change: 'updated' },
        row,
        { state: { before: row.state, after: 'refused' }, reason: { before: row.reason, after: code } },
      );
    });
  },
});
