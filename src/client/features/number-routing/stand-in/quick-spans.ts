/** From when to when, in milliseconds since 1970. */
export interface QuickSpan {
  name: string;
  from: number;
  to: number;
}

/** A day from now, at an hour, by the browser's clock. */
const at = (now: number, days: number, hour: number) => {
  const date = new Date(now);
  date.setDate(date.getDate() + days);
  date.setHours(hour, 0, 0, 0);
  return date.getTime();
};

const FRIDAY = 5;

/** The weekend that runs or comes: Friday 18:00 to Monday 08:00. */
const weekend = (now: number): { from: number; to: number } => {
  const today = new Date(now).getDay();
  // Sunday and the small hours of Monday belong to the weekend that began before them.
  const sinceFriday = (today + 7 - FRIDAY) % 7;
  const running = { from: at(now, -sinceFriday, 18), to: at(now, 3 - sinceFriday, 8) };
  if (running.from <= now && now < running.to) return { from: now, to: running.to };
  const ahead = (FRIDAY + 7 - today) % 7;
  return { from: at(now, ahead, 18), to: at(now, ahead + 3, 8) };
};

/** What a hand-over mostly is. */
export const quickSpans = (now: number): QuickSpan[] => [
  { name: 'Until tomorrow 09:00', from: now, to: at(now, 1, 9) },
  { name: 'Over the weekend', ...weekend(now) },
  { name: 'For 24 hours', from: now, to: now + 24 * 3_600_000 },
];
