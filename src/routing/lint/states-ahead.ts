import type { Hours } from '#contract/business-hours.ts';
import { compiledOf, exceptionOn, planDay, type DayPlan } from '#routing/day-plan.ts';
import { edgesOf, openingAt, PLAIN_AHEAD_DAYS, planAt } from '#routing/hours.ts';
import { stateOf } from '#routing/answers-by-hours-state.ts';

/* Which of the four states hours will be in: what a rule that asks for one of the others never sees. */

const LOOK_AHEAD_DAYS = 370;
const [OPEN, CLOSED] = [
  stateOf({ isOpen: true, isException: false }),
  stateOf({ isOpen: false, isException: false }),
];

const stateAt = (plan: DayPlan, at: number): number => {
  const opening = openingAt(plan, at);
  return stateOf({ isOpen: opening !== undefined, isException: (opening ?? plan).exception !== null });
};

const walkDays = (hours: Hours, today: number): Set<number> => {
  const compiled = compiledOf(hours);
  const states = new Set<number>();
  const isPlain = compiled.exceptions.length === 0;
  const last = today + (isPlain ? PLAIN_AHEAD_DAYS : LOOK_AHEAD_DAYS);
  let before = exceptionOn(compiled, today);
  for (let day = today + 1; day <= last && states.size < (isPlain ? 2 : 4); day += 1) {
    const exception = exceptionOn(compiled, day);
    // Once the week was seen open and closed, ordinary days have nothing new.
    const isKnown = exception === null && before === null && states.has(OPEN) && states.has(CLOSED);
    before = exception;
    if (isKnown) continue;
    const plan = planDay(compiled, day);
    for (const edge of edgesOf(plan)) states.add(stateAt(plan, edge));
  }
  return states;
};

const walked = new WeakMap<Hours, { day: number; states: Set<number> }>();

/**
 * The states from an instant on, for about a year, in order. Editors ask at every key that is pressed: a
 * day's walk is remembered.
 */
export const statesAhead = (hours: Hours, at: number): number[] => {
  const plan = planAt(compiledOf(hours), at);
  let later = walked.get(hours);
  if (later?.day !== plan.day) {
    later = { day: plan.day, states: walkDays(hours, plan.day) };
    walked.set(hours, later);
  }
  const states = new Set([stateAt(plan, at), ...later.states]);
  for (const edge of edgesOf(plan)) if (edge > at) states.add(stateAt(plan, edge));
  return [...states].sort((a, b) => a - b);
};
