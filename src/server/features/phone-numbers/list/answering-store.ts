import { NONE } from '#contract/numbers/list/list-filters.ts';
import type { Add } from './values.ts';

/** Which hours are in which of the four states of routing/answers-by-hours-state.ts at one moment. */
export interface HoursNow {
  at: Date;
  /** Ids of business hours, by state. */
  idsByState: readonly (readonly string[])[];
}

/**
 * Who answers an unknown caller now, in the words of routing/answers-by-hours-state.ts, from the columns
 * written with the routing.
 */
const answerExpression = ({ at, idsByState }: HoursNow, add: Add): string => {
  const now = `${add(at)}::timestamptz`;
  const cases = idsByState.flatMap((ids, state) =>
    ids.length === 0 ? [] : [`when business_hours_id = any (${add(ids)}::text[]) then ${state + 1}`],
  );
  const answer = `answers[${cases.length === 0 ? '1' : `case ${cases.join(' ')} else 1 end`}]`;
  const isStandingIn = `coalesce(stand_in_from <= ${now} and stand_in_until > ${now}, false)`;
  const own = `coalesce(case when ${isStandingIn} then stand_in_id else inbound_agent_id end, answers[5], 'reject')`;
  return `(case when answers is null or ${answer} = 'inbound' then ${own} else ${answer} end)`;
};

// Each as its own index has it, so that the planner knows it again.
const inAnyOf = (places: readonly number[], is: string): string[] =>
  places.map((place) => `(answers is not null and answers[${place}] ${is})`);

const isDestinationType = (wanted: string) =>
  wanted === 'forward' || wanted === 'message' || wanted === 'voicemail';

const byKind = (wanted: readonly string[]) => ({
  isNobodyWanted: wanted.includes(NONE),
  types: wanted.filter(isDestinationType),
  agents: wanted.filter((each) => each !== NONE && !isDestinationType(each)),
});

const STATES = [1, 2, 3, 4];
const FALLBACK = 5;

/**
 * SQL condition, by indexes alone: numbers that one of `wanted` may answer at some time. Each is an agent's
 * id, `none`, `forward`, `message` or `voicemail`.
 */
export const mayAnswer = (wanted: readonly string[], add: Add): string => {
  const { isNobodyWanted, types, agents } = byKind(wanted);
  const ways: string[] = [];
  if (isNobodyWanted) ways.push('inbound_agent_id is null', ...inAnyOf(STATES, `= 'reject'`));
  if (types.length > 0) ways.push(...inAnyOf([...STATES, FALLBACK], `= any (${add(types)}::text[])`));
  if (agents.length > 0) {
    const ids = `${add(agents)}::text[]`;
    ways.push(`inbound_agent_id = any (${ids})`, `stand_in_id = any (${ids})`, `routed_agent_ids && ${ids}`);
  }
  return `(${ways.join(' or ')})`;
};

/** SQL condition: of those, the numbers that one of `wanted` answers at this moment. */
export const answersNow = (wanted: readonly string[], now: HoursNow, add: Add): string => {
  const { isNobodyWanted, types, agents } = byKind(wanted);
  const answer = answerExpression(now, add);
  const whole = `${answer} = any (${add([...types, ...agents, ...(isNobodyWanted ? ['reject'] : [])])}::text[])`;
  if (agents.length === 0) return whole;
  const split = `string_to_array(substr(${answer}, 7), ',') && ${add(agents)}::text[]`;
  return `(${whole} or (starts_with(${answer}, 'split:') and ${split}))`;
};
