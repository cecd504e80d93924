import type { CallHandling } from '#contract/numbers/call-handling.ts';
import { addLabels } from './add-labels.ts';
import { parseBlocked } from './parse-blocked.ts';

/** What is being typed where several things are gathered, and is none of them yet. */
export interface Typed {
  /** Half a label. */
  labels: string;
  /** Callers to block, one a line. */
  blocked_callers: string;
}
export const nothingTyped: Typed = { labels: '', blocked_callers: '' };

interface Holder {
  labels: string[];
  call_handling: CallHandling;
  typed: Typed;
}

/**
 * The promise: what is typed counts. The values with everything that is still being typed put where it
 * belongs; the same values where there is nothing.
 */
export const committed = <Values extends Holder>(values: Values): Values => {
  const { labels, call_handling: handling, typed } = values;
  if (typed.labels === '' && typed.blocked_callers === '') return values;
  const there = handling.blocked_callers ?? [];
  const { added } = parseBlocked(typed.blocked_callers, there);
  return {
    ...values,
    labels: addLabels(labels, typed.labels).labels,
    call_handling: added.length === 0 ? handling : { ...handling, blocked_callers: [...added, ...there] },
    typed: nothingTyped,
  };
};
