import type { Destination } from '#contract/numbers/destination.ts';
import type { RoutedNumber, Rule } from '#contract/numbers/routing.ts';
import type { Decision } from '#routing/decide.ts';
import { weekdayOf } from '#routing/day-plan.ts';
import { governingDay } from '#routing/hours.ts';
import type { Stretch } from '#routing/timeline.ts';
import { destinationWords, type NameOf } from '#routing/words/words.ts';
import { DAY_MS, instantOf } from '#routing/zone.ts';

const HOUR_MS = 3_600_000;

/** What a stretch shows within one day. */
export interface Segment {
  stretch: Stretch;
  /** Of the day's length, 0 to 1. */
  left: number;
  width: number;
}

export interface TimelineRow {
  day: number;
  from: number;
  to: number;
  isWeekend: boolean;
  /** `23 h` or `25 h` where the clock changes. */
  length: string | null;
  segments: Segment[];
}

/**
 * The days that the timeline shows, from the one that governs now: a day lasts from midnight to midnight,
 * whatever the clock does.
 */
export const daysFrom = (zone: string, now: number, count: number) =>
  Array.from({ length: count }, (_, at) => {
    const day = governingDay(zone, now) + at;
    return { day, from: instantOf(zone, day * DAY_MS), to: instantOf(zone, (day + 1) * DAY_MS) };
  });

const lengthOf = (ms: number) =>
  Math.abs(ms - DAY_MS) < 60_000 ? null : `${Math.round((ms / HOUR_MS) * 10) / 10} h`;

/** The stretches, laid out day by day. */
export const toRows = (
  days: readonly { day: number; from: number; to: number }[],
  stretches: readonly Stretch[],
): TimelineRow[] =>
  days.map(({ day, from, to }) => ({
    day,
    from,
    to,
    isWeekend: weekdayOf(day) > 5,
    length: lengthOf(to - from),
    segments: stretches
      .filter((stretch) => stretch.from < to && stretch.to > from)
      .map((stretch) => ({
        stretch,
        left: Math.max(0, stretch.from - from) / (to - from),
        width: (Math.min(stretch.to, to) - Math.max(stretch.from, from)) / (to - from),
      })),
  }));

const keyOf = (destination: Destination): string => {
  switch (destination.type) {
    case 'agent':
      return destination.agent_id;
    case 'split':
      return JSON.stringify(destination.agents.map(({ agent_id: id, weight }) => [id, weight]));
    case 'forward':
      return destination.to;
    case 'message':
      return destination.text;
    case 'voicemail':
      return destination.greeting ?? '';
    case 'reject':
      return destination.reason;
  }
};

/** Which answers are the same, whichever rule gives them. */
export const answerOf = ({ destination, decidedBy }: Pick<Decision, 'destination' | 'decidedBy'>): string =>
  decidedBy === 'nobody' ? 'nobody' : `${destination.type} ${keyOf(destination)}`;

/**
 * Every answer the number can give: in the order in which it is written down, so that each keeps its colour
 * while rules are edited.
 */
export const answersOf = ({
  inbound_agent_id: own,
  temporary_reassignment: instead,
  routing,
}: RoutedNumber): string[] => {
  const agent = (id: string | null | undefined): Destination[] =>
    id ? [{ type: 'agent', agent_id: id }] : [];
  const all = [
    ...agent(own),
    ...(routing?.rules ?? []).map(({ destination }) => destination),
    ...agent(instead?.agent_id),
    ...(routing?.fallback ? [routing.fallback] : []),
  ];
  return [...new Set(all.map((destination) => answerOf({ destination, decidedBy: 'rule' })))];
};

export const answerWords = ({ destination, decidedBy }: Decision, nameOf: NameOf): string => {
  if (decidedBy === 'nobody') return 'Nobody';
  const words = destinationWords(destination, nameOf);
  return words.slice(0, 1).toLocaleUpperCase() + words.slice(1);
};

/** `by rule 2`, `as the inbound agent`. */
export const byWords = (
  { decidedBy, rule, agentId }: Decision,
  number: RoutedNumber,
  rules: readonly Rule[],
): string => {
  if (rule !== null) return `by rule ${rules.findIndex(({ id }) => id === rule.id) + 1}`;
  if (decidedBy === 'fallback') return 'as the fallback';
  if (decidedBy === 'nobody') return 'no agent and no fallback';
  return agentId === number.inbound_agent_id ? 'as the inbound agent' : 'standing in for the inbound agent';
};
