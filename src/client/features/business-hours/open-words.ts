import type { Hours } from '#contract/business-hours.ts';
import { hoursAt, nextHoursChange } from '#routing/hours.ts';
import { untilWords } from './until-words.ts';

export interface OpenNow {
  isOpen: boolean;
  /** `until 18:00`; null where nothing will change for a year. */
  until: string | null;
  /** The name of the exception that governs the moment. */
  exception: string | null;
}

/** The next instant at which it opens or closes: an exception that changes neither is no news here. */
const nextTurn = (hours: Hours, now: number, isOpen: boolean): number | null => {
  let at: number | null = now;
  for (let turn = 0; turn < 40; turn += 1) {
    at = nextHoursChange(hours, at);
    if (at === null || hoursAt(hours, at).isOpen !== isOpen) return at;
  }
  return null;
};

/** Whether they are open at this moment; null where this browser does not know the zone. */
export const openNow = (hours: Hours, now: number): OpenNow | null => {
  try {
    const { isOpen, exception } = hoursAt(hours, now);
    const until = nextTurn(hours, now, isOpen);
    return {
      isOpen,
      until: until === null ? null : untilWords(hours.time_zone, now, until),
      exception: exception?.name ?? null,
    };
  } catch {
    return null;
  }
};
