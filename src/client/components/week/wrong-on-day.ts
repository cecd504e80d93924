import { spanOf, type WeeklyInterval } from '#contract/clock-times.ts';
import type { Week } from './to-days.ts';

/** The server and the schema name a place in the list of intervals; an operator looks for it on its days. */
export const wrongOnDay = (
  problems: ReadonlyMap<number, string>,
  weekly: readonly WeeklyInterval[],
  week: Week,
  day: number,
) => {
  const places: number[] = [];
  let message: string | undefined;
  for (const [at, words] of problems) {
    const interval = weekly[at];
    if (!interval?.days.includes(day + 1)) continue;
    const { from, to } = spanOf(interval);
    const place = week[day]?.findLastIndex((span) => span.from === from && span.to === to) ?? -1;
    if (place >= 0) places.push(place);
    message ??= words;
  }
  return { message, places };
};
