import type { CredentialName } from '#contract/numbers/fields.ts';
import type { JobKind } from '#contract/bulk/plans.ts';

export type Patch = Readonly<Record<string, unknown>>;

/** A change as it is kept: its credentials are apart. */
export interface StoredChange {
  kind: JobKind;
  /** The fields that a patch names, credentials among them. */
  fields: string[];
  patch: Patch;
  replace_agent: { from: string; to: string } | null;
  credential: CredentialName | null;
  /** Of an undo: the job that it takes back. */
  undoes?: string;
  /** Of an undo: what that job did, or, where it was an undo, the one that it took back. */
  undone_kind?: JobKind;
  /** The job whose numbers that were refused or left alone are tried again. */
  retries?: string;
  /** Of an import: what its file is called. */
  file_name?: string;
  /** Of another feature's kind: how it is to be done. */
  options?: Readonly<Record<string, unknown>>;
}

export const noChange = { fields: [], patch: {}, replace_agent: null, credential: null } as const;
