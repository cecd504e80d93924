import type { AgentUse, AgentUsePlace } from '#contract/agent-uses.ts';
import { partsOfPointer } from '#contract/pointer.ts';
import { calendarDate, clockTime } from '#client/lib/words/format.ts';

const ruleWords = ({ pointer, rule_name: name }: AgentUsePlace): string => {
  const [, part, at] = partsOfPointer(pointer);
  if (part !== 'rules') return 'Fallback';
  return `Rule ${Number(at) + 1}${name === null ? '' : `, “${name}”`}`;
};

/** Where routing names the agent: `Rule 2, “Night”, 25 % of a split, switched off`. */
export const placeWords = (place: AgentUsePlace): string => {
  const { is_enabled: isEnabled, share } = place;
  return [
    ruleWords(place),
    ...(share === null ? [] : [`${Math.round(share * 100)} % of a split`]),
    ...(isEnabled ? [] : ['switched off']),
  ].join(', ');
};

const verbs = { inbound: 'Answers', outbound: 'Dials', both: 'Answers and dials' } as const;
const moment = (instant: string) => `${calendarDate(instant)}, ${clockTime(instant)}`;

/** For what it stands in, and when, by the reader's clock: `Answers until 30 Nov, 08:00`. */
export const standInWords = ({ temporary_reassignment: span }: AgentUse, now: number): string => {
  if (span === null) return '';
  const { direction, starts_at: from, ends_at: until } = span;
  const when = Date.parse(from) <= now ? '' : ` from ${moment(from)}`;
  return `${verbs[direction]}${when} until ${moment(until)}`;
};
