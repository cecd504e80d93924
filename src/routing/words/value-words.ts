/* Single values in words, for what is said of a change. */

/** 5430 → `1 h 30 min 30 s`. */
export const durationWords = (seconds: number): string => {
  const parts: [number, string][] = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'min'],
    [seconds % 60, 's'],
  ];
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return said.length === 0 ? '0 s' : said.join(' ');
};

const NAMED = 3;
const named = (entries: readonly string[]) =>
  entries.length > NAMED
    ? `${entries.slice(0, NAMED).join(', ')} and ${entries.length - NAMED} more`
    : entries.join(', ');

/**
 * What became of a list too long to be read twice: `2 added (BD, IN), 1 removed (US)`; null where nothing
 * did.
 */
export const listChangeWords = (
  before: readonly string[],
  after: readonly string[],
  changed: readonly string[] = [],
): string | null => {
  const [had, has] = [new Set(before), new Set(after)];
  const told: [readonly string[], string][] = [
    [after.filter((entry) => !had.has(entry)), 'added'],
    [before.filter((entry) => !has.has(entry)), 'removed'],
    [changed, 'changed'],
  ];
  const said = told
    .filter(([entries]) => entries.length > 0)
    .map(([entries, verb]) => `${entries.length} ${verb} (${named(entries)})`);
  return said.length === 0 ? null : said.join(', ');
};

/** As JSON, with keys in one order: the log and the API write the same record in different ones. */
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, canonical(inner)]));
};

export const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(canonical(one)) === JSON.stringify(canonical(other));
