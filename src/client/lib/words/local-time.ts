const two = (value: number) => String(value).padStart(2, '0');

/** An instant as a `datetime-local` control writes it, by the browser's clock; empty where it is none. */
export const localOf = (instant: string): string => {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return '';
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
};

/** What such a control says, as an instant; empty where nothing is written. */
export const instantOfLocal = (local: string): string => {
  const date = new Date(local);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
};

/** The browser's own zone, by its IANA name. */
export const browserZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;
