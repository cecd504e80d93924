import type { Connection } from '#contract/connections/connections.ts';
import { MASK } from '#contract/primitives.ts';
import { readMark, type ShowFingerprint } from '#server/platform/secrets/fingerprints.ts';
import type { ConnectionRow } from './store.ts';

/** As answers have it, with fingerprints in the form that is the reader's to see. */
export const presentConnection = (
  { id, settings, marks, ...row }: ConnectionRow,
  show: ShowFingerprint,
): Connection => {
  const mark = marks['api_key'];
  return {
    connection_id: id,
    kind: row.kind,
    role: row.role,
    name: row.name,
    settings: { base_url: settings.base_url ?? null },
    credentials: { api_key: mark === undefined ? null : MASK },
    credential_fingerprints: {
      api_key: mark === undefined ? null : show(id, 'api_key', readMark(mark)),
    },
    paused: row.paused,
    state: row.state,
    reason: row.reason,
    message: row.message,
    checked_at: row.checked_at,
    key_expires_at: row.key_expires_at,
    numbers_seen: row.numbers_seen,
    linked_numbers: row.linked_numbers,
    waiting_changes: row.waiting_changes,
    drifted_numbers: row.drifted_numbers,
    watched_at: row.watched_at,
    next_watch_at: row.next_watch_at,
    version: row.version,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
};
