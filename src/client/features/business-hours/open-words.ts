import type { Hours } from '#contract/business-hours.ts';
import { hoursAt, nextHoursChange } from '#routing/hours.ts';
import { localAt } from '#routing/zone.ts';
import { dayNames } from '#routing/words/words.ts';

const DAY_MS = 86_400_000;

/**
 * `until 18:00`, `until Mon 09:00`, as the zone's clock will show it; a date where it is more than six days
 * off.
 */
const untilWords = (zone: string, now: number, until: number) => {
  const [local, localNow] = [new Date(localAt(zone, until)), localAt(zone, now)];
  const time = local.toISOString().slice(11, 16);
  const days = Math.floor(local.getTime() / DAY_MS) - Math.floor(localNow / DAY_MS);
  if (days === 0) return `until ${time}`;
  if (days < 7) return `until ${dayNames[((local.getUTCDay() + 6) % 7) + 1]?.slice(0, 3)} ${time}`;
  return `until ${local.toLocaleDateString('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' })}, ${time}`;
};

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
