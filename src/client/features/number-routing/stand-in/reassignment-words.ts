import type { TemporaryReassignment } from '#contract/numbers/routing.ts';
import { dayNames } from '#routing/words/words.ts';
import { localAt } from '#routing/zone.ts';
import { instantIn, momentText, yourTime } from '#client/components/date/moment-words.ts';
import { dateOf, weekdayOfDate } from '#client/lib/days.ts';

export type Phase = 'upcoming' | 'running' | 'ended';

export const phaseOf = ({ starts_at, ends_at }: TemporaryReassignment, now: number): Phase => {
  const [from, to] = [instantIn(starts_at), instantIn(ends_at)];
  if (to !== null && now >= to) return 'ended';
  return from !== null && now >= from ? 'running' : 'upcoming';
};

/** The moments, in milliseconds, at which its phase changes. */
export const turnsOf = (standIn: TemporaryReassignment | null): number[] =>
  [standIn?.starts_at, standIn?.ends_at]
    .map((at) => (at === undefined ? null : instantIn(at)))
    .filter((at) => at !== null);

const verbs = { inbound: 'answers', outbound: 'dials', both: 'answers and dials' } as const;

const moment = (zone: string, instant: string) => {
  const at = instantIn(instant);
  if (at === null) return 'a moment not chosen yet';
  return `${dayNames[weekdayOfDate(dateOf(localAt(zone, at)))]?.slice(0, 3)} ${momentText(zone, at)}`;
};

/**
 * By whose clock a stand-in's times are told, and what the reader's shows at those still to come:
 * `America/New_York = Mon 30 Nov, 19:00 your time`.
 */
export const clockWords = (
  { starts_at, ends_at }: Pick<TemporaryReassignment, 'starts_at' | 'ends_at'>,
  now: number,
  zone: string,
  own: string,
): string => {
  const yours = [starts_at, ends_at]
    .map(instantIn)
    .filter((at) => at !== null && at > now)
    .map((at) => yourTime(zone, own, at ?? 0)?.replace(/^= (.*) your time$/, '$1'))
    .filter((words) => words !== undefined);
  return yours.length === 0 ? zone : `${zone} = ${yours.join(' and ')} your time`;
};

/** `Night desk answers until Mon 30 Nov 2026, 08:00, then Asha.` */
export const reassignmentWords = (
  value: TemporaryReassignment,
  now: number,
  zone: string,
  standIn: string,
  usual: string,
): string => {
  const { direction, starts_at, ends_at } = value;
  const phase = phaseOf(value, now);
  if (phase === 'ended') return `${standIn} stood in until ${moment(zone, ends_at)}. It has ended.`;
  const when =
    phase === 'running'
      ? `until ${moment(zone, ends_at)}`
      : `from ${moment(zone, starts_at)} to ${moment(zone, ends_at)}`;
  return `${standIn} ${verbs[direction]} ${when}, then ${usual}.`;
};
