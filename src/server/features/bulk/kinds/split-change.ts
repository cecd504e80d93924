import { kindOfChange, type BulkChange } from '#contract/bulk/change.ts';
import { credentialNames, type CredentialName } from '#contract/numbers/fields.ts';
import type { Secrets } from '#server/features/credentials/held-secrets.ts';
import type { StoredChange } from '#server/features/bulk/rows/stored-change.ts';

const isCredential = (name: string): name is CredentialName =>
  (credentialNames as readonly string[]).includes(name);

/** Takes the credentials out: what is left may be kept as it is. */
export const splitChange = (change: BulkChange): { stored: StoredChange; secrets: Secrets } => {
  const kind = kindOfChange(change);
  const { replace_agent, rotate, delete: _delete, restore: _restore, link, unlink, ...fields } = change;
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
      ...((link ?? unlink) && { options: link ?? unlink }),
    },
    secrets,
  };
};
