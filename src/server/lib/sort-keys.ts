/** By key at every depth, since the order of keys is no change. */
export const sortKeys = <T>(value: T): T => {
  if (Array.isArray(value)) return value.map(sortKeys) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys<unknown>(inner)])) as T;
};
