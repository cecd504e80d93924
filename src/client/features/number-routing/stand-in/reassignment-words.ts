import type { TemporaryReassignment } from '#contract/numbers/routing.ts';
import { momentIn } from '#client/features/number-routing/who-answers/timeline-words.ts';

export type Phase = 'upcoming' | 'running' | 'ended';

export const phaseOf = ({ starts_at, ends_at }: TemporaryReassignment, now: number): Phase => {
  if (now >= Date.parse(ends_at)) return 'ended';
  return now >= Date.parse(starts_at) ? 'running' : 'upcoming';
};

const verbs = { inbound: 'answers', outbound: 'dials', both: 'answers and dials' } as const;

const moment = (zone: string, instant: string) => {
  const at = Date.parse(instant);
  return Number.isNaN(at) ? 'a moment not chosen yet' : momentIn(zone, at);
};

/** `Night desk answers until Mon 30 Nov, 08:00, then Asha.` */
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
