import type { LinkState } from '#contract/connections/links.ts';
import { fieldOf, isFieldName } from '#contract/numbers/fields.ts';

const labelOf = (field: string) => (isFieldName(field) ? fieldOf(field).label : field);
const listed = (fields: readonly string[]) => fields.map(labelOf).join(', ');

const words: Readonly<Record<string, (fields: string) => string>> = {
  changed_on_both_sides: (fields) => `Changed here and there: ${fields}. Keep mine or take theirs.`,
  changed_there: (fields) => `Changed there: ${fields}. Take theirs, or keep mine.`,
  differs: (fields) => `Otherwise there than here: ${fields}. Keep mine, or take theirs.`,
  credential_missing: (fields) =>
    `The platform does not tell the ${fields}, and none is here. Type it: what is left out could be wiped there.`,
  agent_not_upstream: (fields) =>
    `The platform does not know the agent: ${fields}. Give the agent the id that it has there, or choose another.`,
  not_kept: (fields) =>
    `The platform took it and kept something else: ${fields}. Look at both, then keep mine or take theirs.`,
  other_fields_changed: (fields) =>
    `Fields that Cordboard does not know changed with the write: ${fields}. See what the record was before.`,
  gone: () => 'The platform does not have this number any more. Unlink it, or link it anew.',
  linked_elsewhere: () => 'What is there under this number is linked to another one here. Unlink that first.',
  failed_here: () => 'It failed here again and again: the log says why. Try again once that is repaired.',
  too_long: () => 'It was tried for a day in vain. Try again once the platform answers.',
};

/** Why a link stands as it does, and what to do, for people; null where all is well. */
export const wordsOf = (state: LinkState, reason: string | null, fields: readonly string[]): string | null =>
  state === 'synced' || reason === null ? null : (words[reason]?.(listed(fields)) ?? null);
