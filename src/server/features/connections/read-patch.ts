import { isDeepStrictEqual } from 'node:util';
import {
  connectionPatchSchema,
  type Connection,
  type ConnectionPatch,
} from '#contract/connections/connections.ts';
import type { FieldError } from '#contract/errors.ts';
import { pointerTo } from '#contract/pointer.ts';
import { MASK } from '#contract/primitives.ts';
import { readOver } from '#server/platform/http/body/read-over.ts';
import type { RequestContext } from '#server/request-context.ts';
import type { ConnectionFields, ConnectionRow } from './store.ts';
import type { ConnectionSecrets } from '#server/features/credentials/connection-credentials.ts';

/** What a check finds, and what is counted: no part of the version, so a record sent back whole may have an older one. */
const found = new Set([
  'state',
  'reason',
  'message',
  'checked_at',
  'key_expires_at',
  'numbers_seen',
  'linked_numbers',
  'waiting_changes',
  'drifted_numbers',
  'watched_at',
  'next_watch_at',
  // Differs by who reads it.
  'credential_fingerprints',
]);
const fixed = [
  'connection_id',
  'kind',
  'role',
  'paused',
  'version',
  'created_at',
  'updated_at',
] as const satisfies (keyof Connection)[];

const isFixed = (name: string): name is (typeof fixed)[number] => fixed.some((each) => each === name);

const readOnly = (name: string): FieldError => ({
  pointer: pointerTo(name),
  code: 'read_only',
  message:
    name === 'paused'
      ? 'Leave this out: POST …/pause and …/resume change it.'
      : 'Leave this out, or send it back as it is: it cannot be changed.',
});

export interface ReadPatch {
  after: ConnectionFields;
  /** As they were sent; the mask is none. */
  secrets: ConnectionSecrets;
  /** Whoever sent it said where the connection leads, be it where it does already. */
  saysAddress: boolean;
}

const secretsOf = ({ credentials = {} }: ConnectionPatch): ConnectionSecrets =>
  Object.fromEntries(Object.entries(credentials).filter(([, secret]) => secret !== MASK));

const saysAddress = ({ settings }: Readonly<Record<string, unknown>>): boolean =>
  typeof settings === 'object' && settings !== null && Object.hasOwn(settings, 'base_url');

const settingsAfter = (
  { settings: before }: ConnectionFields,
  { settings }: ConnectionPatch,
): ConnectionFields['settings'] => {
  if (settings?.base_url === undefined) return before;
  return settings.base_url === null ? {} : { base_url: settings.base_url };
};

/** A merge patch over a connection as it was shown to who sends it. Throws a problem that names each fault. */
export const readPatch = async (
  context: RequestContext,
  row: ConnectionRow,
  shown: Connection,
  body: Readonly<Record<string, unknown>>,
): Promise<ReadPatch> => {
  const errors = Object.keys(body)
    .filter((name) => isFixed(name) && !isDeepStrictEqual(body[name], shown[name]))
    .map(readOnly);
  const asked = Object.fromEntries(
    Object.entries(body).filter(([name]) => !isFixed(name) && !found.has(name)),
  );
  const { name, settings, credentials } = shown;
  const patch = await readOver(
    context,
    connectionPatchSchema,
    { name, settings, credentials },
    asked,
    errors,
  );
  return {
    after: { name: patch.name ?? row.name, settings: settingsAfter(row, patch), paused: row.paused },
    secrets: secretsOf(patch),
    saysAddress: saysAddress(body),
  };
};
