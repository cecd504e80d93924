import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { ChangeLine } from '#client/features/audit-events/change-line.ts';
import { lineOf } from '#client/features/audit-events/routing-lines.ts';
import { plural } from '#client/lib/words/format.ts';
import { callHandlingNames } from '#contract/numbers/call-defaults.ts';
import { routingChanges, type Names } from '#routing/words/change-words.ts';
import { callHandlingChanges } from '#routing/words/handling-words.ts';
import type { OutcomeRow } from './read-outcomes.ts';

/** What can be copied from one number to others. */
export const parts = ['routing', 'call_handling'] as const;
export type Part = (typeof parts)[number];
export const partNames: Record<Part, string> = { routing: 'Routing', call_handling: 'Call handling' };

/** The source as it was saved when the copying was reviewed. */
export type Source = Pick<PhoneNumber, '_id' | 'version' | 'phone_number_international' | Part>;

export const MOST = 500;

/** The patch that makes another number the same. All keys are given, so nothing of what was there stays. */
export const bodyOf = (source: Source, chosen: readonly Part[]): Partial<Pick<PhoneNumber, Part>> =>
  Object.fromEntries(chosen.map((part) => [part, source[part]]));

/** What copying does to a number; empty where it is the same already. */
export const changesOf = (
  source: Source,
  target: PhoneNumber,
  chosen: readonly Part[],
  names: Names,
): ChangeLine[] =>
  chosen.flatMap((part) =>
    part === 'routing'
      ? routingChanges(target.routing, source.routing, names).map(lineOf(part))
      : callHandlingChanges(target.call_handling, source.call_handling).map(lineOf(part)),
  );

/** What a part of the source holds, in one line; without anything, copying clears. */
export const summaryOf = (source: Source, part: Part, { hoursName }: Names): string => {
  const { routing, call_handling: handling } = source;
  if (part === 'call_handling') {
    const set = callHandlingNames.filter(
      (name) => handling?.[name] !== null && handling?.[name] !== undefined,
    ).length;
    return set === 0 ? 'All defaults: copying clears it' : `${plural(set, 'preference')} set`;
  }
  if (routing === null) return 'No rules, hours or fallback: copying clears them';
  const { business_hours_id: hours, rules, fallback } = routing;
  const told = [
    plural(rules.length, 'rule'),
    ...(hours === null ? [] : [hoursName(hours) ?? 'business hours']),
    ...(fallback === null ? [] : ['a fallback']),
  ];
  return told.join(', ');
};

const replaced = {
  'call_handling.blocked_callers': 'the blocked callers',
  'call_handling.recording': 'the recording',
};

/** What the numbers lose that is hard to type again: `Replaces the blocked callers of 3 numbers`; null for nothing. */
export const lossWords = (reviewed: readonly Pick<Reviewed, 'record' | 'lines'>[]): string | null => {
  const losses = Object.entries(replaced).flatMap(([id, what]) => {
    const losing = reviewed.filter(
      ({ record: { call_handling: handling }, lines }) =>
        lines.some((line) => line.id === id) &&
        (id === 'call_handling.recording' ? handling?.recording : handling?.blocked_callers?.length),
    );
    return losing.length === 0 ? [] : [`${what} of ${plural(losing.length, 'number')}`];
  });
  return losses.length === 0 ? null : `Replaces ${losses.join(' and ')}`;
};

/** What became of one number. Without one, nothing has been done to it. */
export type Outcome =
  | { kind: 'copied' }
  /** Someone saved it after it was reviewed: nothing was written, and it waits to be reviewed as it is now. */
  | { kind: 'overtaken' }
  | { kind: 'refused'; message: string };

/** What a plan or job says of a number. One that is as the source already has what was to be copied. */
export const outcomeOf = ({
  outcome,
  code,
  message,
}: Pick<OutcomeRow, 'outcome' | 'code' | 'message'>): Outcome => {
  if (outcome === 'changed' || outcome === 'unchanged') return { kind: 'copied' };
  return code === 'version_conflict' ? { kind: 'overtaken' } : { kind: 'refused', message: message ?? '' };
};

export interface Reviewed {
  record: PhoneNumber;
  lines: readonly ChangeLine[];
  /** Equal for numbers that change alike. */
  likeness: string;
}

/**
 * Every number with what changes, those that change alike next to each other, and last those that are the
 * same already.
 */
export const reviewOf = (
  source: Source,
  targets: Iterable<PhoneNumber>,
  chosen: readonly Part[],
  names: Names,
): Reviewed[] => {
  const groups = new Map<string, Reviewed[]>();
  for (const record of targets) {
    const lines = changesOf(source, record, chosen, names);
    const likeness = JSON.stringify(lines);
    groups.set(likeness, [...(groups.get(likeness) ?? []), { record, lines, likeness }]);
  }
  const all = [...groups.values()].flat();
  return [...all.filter(({ lines }) => lines.length > 0), ...all.filter(({ lines }) => lines.length === 0)];
};
