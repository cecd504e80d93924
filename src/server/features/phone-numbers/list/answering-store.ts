import { NONE } from '#contract/primitives.ts';

/** Which hours are in which of the four states of routing/answers-by-hours-state.ts at one moment. */
export interface HoursNow {
  at: Date;
  /** Ids of business hours, by state. */
  idsByState: readonly (readonly string[])[];
}

type Add = (value: unknown) => string;

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
const inAnyOf = (places: readonly number[], value: string): string =>
  places.map((place) => `(answers is not null and answers[${place}] = ${value})`).join(' or ');
const isDestinationType = (wanted: string) =>
  wanted === 'forward' || wanted === 'message' || wanted === 'voicemail';

const STATES = [1, 2, 3, 4];
const FALLBACK = 5;

/**
 * SQL condition, by indexes alone: numbers that `wanted` may answer at some time. `wanted` is an agent's id,
 * `none`, `forward`, `message` or `voicemail`.
 */
export const mayAnswer = (wanted: string, add: Add): string => {
  if (wanted === NONE) return `(inbound_agent_id is null or ${inAnyOf(STATES, "'reject'")})`;
  const value = `${add(wanted)}::text`;
  if (isDestinationType(wanted)) return `(${inAnyOf([...STATES, FALLBACK], value)})`;
  return `(inbound_agent_id = ${value} or stand_in_id = ${value} or routed_agent_ids @> array[${value}])`;
};

/** SQL condition: of those, the numbers that `wanted` answers at this moment. */
export const answersNow = (wanted: string, now: HoursNow, add: Add): string => {
  const answer = answerExpression(now, add);
  if (wanted === NONE) return `${answer} = 'reject'`;
  const value = `${add(wanted)}::text`;
  if (isDestinationType(wanted)) return `${answer} = ${value}`;
  return `(${answer} = ${value} or (starts_with(${answer}, 'split:') and ${value} = any (string_to_array(substr(${answer}, 7), ','))))`;
};
