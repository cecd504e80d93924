import type { AuditChange } from '#contract/audit-events.ts';
import { isFieldName, plainNames, type PlainName } from '#contract/numbers/fields.ts';
import { NO_SECRET, WITHHELD } from '#server/features/links/compare/link-values.ts';
import type { PhoneNumberRow } from '#server/features/phone-numbers/rows/row.ts';
import { readMark } from '#server/platform/secrets/fingerprints.ts';
import type { Theirs } from '#server/features/bulk/connection-imports/reading/theirs.ts';

/** The agent here that has this id there; undefined where none has. */
export type AgentHere = (upstreamId: string) => string | undefined;

export const agentFields: readonly string[] = ['inbound_agent_id', 'outbound_agent_id'];

const isPlain = (name: string): name is PlainName => (plainNames as readonly string[]).includes(name);
export const valueHere = (row: PhoneNumberRow, name: string): string | null =>
  isPlain(name) ? row[name] : (row.settings[name] ?? null);

/** A text as it would be kept here: without spaces around it, and null for none. */
export const keptText = (value: string | null): string | null => value?.trim() || null;

const isSameField = (row: PhoneNumberRow, name: string, theirs: string | null, agentHere: AgentHere) => {
  const mine = valueHere(row, name);
  if (!agentFields.includes(name)) return mine === keptText(theirs) || mine === theirs;
  return mine === (theirs ? (agentHere(theirs) ?? theirs) : null);
};

const isSameSecret = (row: PhoneNumberRow, name: string, mark: string): boolean => {
  // What the platform does not say cannot differ.
  if (mark === WITHHELD) return true;
  const stored = row.credential_fingerprints[name];
  return stored === undefined ? mark === NO_SECRET : readMark(stored).fingerprint === mark;
};

/** The fields in which a number is otherwise here than there, credentials too. */
export const differingFields = (
  row: PhoneNumberRow,
  { fields, marks }: Theirs,
  agentHere: AgentHere,
): string[] => [
  ...Object.entries(fields)
    .filter(([name, theirs]) => isFieldName(name) && !isSameField(row, name, theirs, agentHere))
    .map(([name]) => name),
  ...Object.entries(marks)
    .filter(([name, mark]) => !isSameSecret(row, name, mark))
    .map(([name]) => name),
];

/** Of a credential only that it differs. */
export const secretDiffers: AuditChange = { secret: true, before_fingerprint: null, after_fingerprint: null };

/** By field, as it is here and as it is there; an agent by its id here, else by what it is called there. */
export const differencesOf = (
  row: PhoneNumberRow | null,
  { fields, marks }: Theirs,
  names: readonly string[],
  nameAgent: (upstreamId: string) => string,
): Record<string, AuditChange> =>
  Object.fromEntries(
    names.map((name): [string, AuditChange] => {
      if (Object.hasOwn(marks, name)) return [name, secretDiffers];
      const theirs = fields[name] ?? null;
      const after = theirs !== null && agentFields.includes(name) ? nameAgent(theirs) : theirs;
      return [name, { before: row === null ? null : valueHere(row, name), after }];
    }),
  );
