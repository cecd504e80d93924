const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const dayOf = (instant: Date) =>
  new Date(instant.getFullYear(), instant.getMonth(), instant.getDate()).getTime();

const day = { day: 'numeric', month: 'short' } as const;
const time = { hour: '2-digit', minute: '2-digit' } as const;
const thisYear = new Intl.DateTimeFormat('en-GB', day);
const anyYear = new Intl.DateTimeFormat('en-GB', { ...day, year: 'numeric' });
const exact = new Intl.DateTimeFormat('en-GB', { ...day, year: 'numeric', ...time, second: '2-digit' });
const write = (form: Intl.DateTimeFormat, at: Date) => form.format(at).replace('Sept', 'Sep');

/**
 * `just now`, `2 min ago`, `1 h ago`, `yesterday`, `2 days ago`, then the date. A clock that is a little ahead
 * reads `just now`.
 */
export const relativeTime = (iso: string, now: number = Date.now()): string => {
  const then = new Date(iso);
  const age = now - then.getTime();
  if (Number.isNaN(age)) return '';
  if (age < -DAY) return calendarDate(iso, now);
  if (age < MINUTE) return 'just now';
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`;
  // Rounded, because a day that changes the clocks has 23 or 25 hours.
  const days = Math.round((dayOf(new Date(now)) - dayOf(then)) / DAY);
  if (days === 0) return `${Math.floor(age / HOUR)} h ago`;
  if (days === 1) return 'yesterday';
  return days < 7 ? `${days} days ago` : calendarDate(iso, now);
};

/** The same within a sentence: a date is `on 12 Nov`. */
export const timeAgo = (iso: string, now: number = Date.now()): string => {
  const words = relativeTime(iso, now);
  return /^\d+ [A-Z]/.test(words) ? `on ${words}` : words;
};

/** `12 Nov`, and the year when it is another one. */
export const calendarDate = (iso: string, now: number = Date.now()): string => {
  const then = new Date(iso);
  if (Number.isNaN(then.getTime())) return '';
  return write(then.getFullYear() === new Date(now).getFullYear() ? thisYear : anyYear, then);
};

const clock = new Intl.DateTimeFormat('en-GB', time);

/** `14:05`, in the reader's zone. */
export const clockTime = (iso: string): string => {
  const then = new Date(iso);
  return Number.isNaN(then.getTime()) ? '' : clock.format(then);
};

/** `28 Nov 2026, 22:00:05`, in the reader's zone; a full minute without its seconds. */
export const exactTime = (iso: string): string => {
  const then = new Date(iso);
  return Number.isNaN(then.getTime()) ? '' : write(exact, then).replace(/:00$/, '');
};

const countFormat = new Intl.NumberFormat('en-GB');

/** `1,000,000` */
export const formatCount = (count: number): string => countFormat.format(count);

/** `1 number`, `2 numbers` */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

const regionNames = new Intl.DisplayNames('en-GB', { type: 'region', fallback: 'code' });

/** The country's name; the text itself where it is no country's code. */
export const countryName = (code: string): string => {
  try {
    return regionNames.of(code) ?? code;
  } catch {
    return code;
  }
};

let letters: Intl.Segmenter | undefined;

/** The first letter as a capital; an emoji or an accented letter counts as one. */
export const firstLetter = (text: string): string => {
  const trimmed = text.trim();
  // Most names: nothing that could join the letter. To cut each name into letters is dear.
  if (/^[!-~](?:[ -~]|$)/.test(trimmed)) return trimmed.charAt(0).toUpperCase();
  letters ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const { segment } of letters.segment(trimmed)) return segment.toLocaleUpperCase();
  return '';
};

/** Up to two capitals that stand for a name: `Rina K.` → `RK`. */
export const initials = (name: string): string => {
  const words = name.split(/[\s·,]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = (word: string | undefined) => firstLetter(word?.replace(/^[^\p{L}\p{N}]+/u, '') ?? '');
  return first(words[0]) + first(words.length > 1 ? words.at(-1) : undefined);
};
