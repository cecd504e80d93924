import type { BulkAct, BulkChange } from '#contract/bulk/change.ts';
import { kindOfChange } from '#contract/bulk/change.ts';
import { credentialNames, type CredentialName } from '#contract/numbers/fields.ts';
import type { PhoneNumberRow } from '#server/features/phone-numbers/rows/row.ts';
import { patchFor, replacementFor, type Patch } from './patch-of.ts';

/** A change as it is kept: its credentials are apart. */
export interface StoredChange {
  kind: BulkAct | 'patch';
  /** The fields that a patch names, credentials among them. */
  fields: string[];
  patch: Patch;
  replace_agent: { from: string; to: string } | null;
  credential: CredentialName | null;
}
export type Secrets = Partial<Record<CredentialName, string>>;

const isCredential = (name: string): name is CredentialName =>
  (credentialNames as readonly string[]).includes(name);

/** Takes the credentials out: what is left may be kept as it is. */
export const splitChange = (change: BulkChange): { stored: StoredChange; secrets: Secrets } => {
  const kind = kindOfChange(change);
  const { replace_agent, rotate, delete: _delete, restore: _restore, ...fields } = change;
  const patch = kind === 'patch' ? fields : {};
  const secrets: Secrets = rotate === undefined ? {} : { [rotate.credential]: rotate.value };
  const plain: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(patch))
    if (isCredential(name) && typeof value === 'string') secrets[name] = value;
    else plain[name] = value;
  return {
    stored: {
      kind,
      fields: Object.keys(patch),
      patch: plain,
      replace_agent: replace_agent ?? null,
      credential: rotate?.credential ?? null,
    },
    secrets,
  };
};

/** What is asked of one number. Deleting and restoring are no patch. */
export const patchToMake = (
  { kind, patch, replace_agent: replaced }: StoredChange,
  secrets: Secrets,
  now: number,
): ((row: PhoneNumberRow) => Patch) => {
  if (kind === 'replace_agent' && replaced !== null)
    return (row) => replacementFor(row, replaced.from, replaced.to, now);
  return (row) => patchFor(row, { ...patch, ...secrets });
};
