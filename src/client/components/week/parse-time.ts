/**
 * A time of day as people type it: `9`, `930`, `9:30`, `09.30`, `9 pm`, `24`. Null where it is none. 24:00 is
 * a time only for an end.
 */
export const parseTime = (typed: string): string | null => {
  const found = /^\s*(\d{1,2})(?:\s*[:.h]?\s*(\d{2}))?\s*(?:([ap])\.?m?\.?)?\s*$/i.exec(typed);
  if (!found) return null;
  const [, hourText = '', minuteText = '00', half] = found;
  let hour = Number(hourText);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  }
  const minute = Number(minuteText);
  if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
};
