import type { RoutedNumber } from '#contract/numbers/routing.ts';
import type { Hours } from '#contract/business-hours.ts';
import { asksForCaller } from '#routing/match.ts';
import { timeline } from '#routing/timeline.ts';
import { DAY_MS } from '#routing/zone.ts';
import { stretchWords } from '#client/features/number-routing/who-answers/timeline-words.ts';

// Whoever stands in for longer is told of the beginning: a year of days is more than anyone reads.
const LOOKED_AT_DAYS = 31;
const NAMED = 3;

/**
 * In which of the hours a stand-in really answers: rules come before any agent, and may take all calls. Of
 * the caller nothing is known.
 * @param now milliseconds since 1970: what is over is not told
 * @returns null where nothing is left to tell
 */
export const reachWords = (
  number: RoutedNumber,
  hours: Hours | null,
  zone: string,
  now: number,
  standIn: string,
): string | null => {
  const { temporary_reassignment: instead, routing } = number;
  if (instead === null || instead.direction === 'outbound') return null;
  const [from, ends] = [Math.max(now, Date.parse(instead.starts_at)), Date.parse(instead.ends_at)];
  if (!(from < ends)) return null;
  const to = Math.min(ends, from + LOOKED_AT_DAYS * DAY_MS);
  const reached = timeline(number, hours, from, to).filter(
    ({ decision }) => decision.decidedBy === 'inbound_agent',
  );
  const [first] = reached;
  const isCut = to < ends;
  const when = isCut ? `In the first ${LOOKED_AT_DAYS} days, ` : '';
  const rules = isCut ? 'rules' : 'But rules';
  const hasOfCallers = (routing?.rules ?? []).some((rule) => rule.enabled && asksForCaller(rule.when));
  const callers = hasOfCallers ? ' Rules about certain callers come first.' : '';
  if (first === undefined) return `${when}${rules} take every call of that time: ${standIn} answers none.`;
  if (first.from === from && first.to === to) return `${when}${standIn} answers the whole time.${callers}`;
  const times = reached.slice(0, NAMED).map((each) => stretchWords(zone, each.from, each.to));
  const more = reached.length > NAMED ? ` and ${reached.length - NAMED} more times` : '';
  return `${when}${rules} come first: ${standIn} answers only ${times.join('; ')}${more}.${callers}`;
};
