import type { ApiRequest } from '#contract/api.ts';
import type { CredentialName } from '#contract/numbers/fields.ts';
import { createQuestion } from '#client/lib/question.ts';

type Asked = ApiRequest<'POST /v1/bulk-jobs'>['body'];
export type ChangeToMake = NonNullable<Asked['change']>;
export type Select = NonNullable<Asked['select']>;

/** Which numbers are to be changed. */
export interface Selected {
  /** Absent: every number that names the agent which is replaced. */
  select?: Select;
  /** `12 selected numbers`; `all 4,871 numbers that match`. */
  words: string;
  /** The filter by which they were selected, as its chips say it. */
  filter?: readonly string[];
  /** Labels that they carry, as far as that is known; those of most numbers first. */
  labels?: readonly string[];
}

/** What is asked for before there is a change to be previewed. */
export type ChangeForm =
  | { kind: 'labels' | 'metadata' | 'stand_in' | 'field' | 'routing' }
  /** `from`: who is replaced, where that is known. */
  | { kind: 'replace_agent'; from?: string }
  | { kind: 'rotate'; credential: CredentialName; leftOut: string | null };

export interface PlannedChange {
  /** What is done, as its dialog is called: `Set the inbound agent to Asha`. */
  title: string;
  /** Absent where a job is tried again, which says what is done and to which numbers. */
  change?: ChangeToMake;
  retry?: string;
}

export interface BulkQuestion {
  selected: Selected;
  ask: ChangeForm | PlannedChange;
}

const { ask, useQuestion } = createQuestion<BulkQuestion>();

/** The wish to change many numbers, from anywhere, for bulk-dialog.tsx, which layout/overlays.tsx draws. */
export const useBulkQuestion = useQuestion;

/** Lays the dialog over whatever is on the screen. Resolves when it closes: true when a job was started. */
export const changeMany = (question: BulkQuestion): Promise<boolean> => ask(question);
