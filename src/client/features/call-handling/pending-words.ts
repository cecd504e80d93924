import type { BlockedCaller } from '#contract/numbers/call-handling.ts';
import { plural } from '#client/lib/words/format.ts';
import { keyOf } from '#client/features/number-fields/typed/parse-blocked.ts';

/**
 * What saving will do to the list: `3 callers will be blocked and 1 unblocked when you save.`; empty where it
 * does neither.
 */
export const pendingWords = (stored: readonly BlockedCaller[], now: readonly BlockedCaller[]): string => {
  const [before, after] = [new Set(stored.map(keyOf)), new Set(now.map(keyOf))];
  const blocked = [...after].filter((key) => !before.has(key)).length;
  const unblocked = [...before].filter((key) => !after.has(key)).length;
  if (blocked === 0 && unblocked === 0) return '';
  const what =
    blocked === 0
      ? `${plural(unblocked, 'caller')} will be unblocked`
      : `${plural(blocked, 'caller')} will be blocked${unblocked === 0 ? '' : ` and ${unblocked} unblocked`}`;
  return `${what} when you save.`;
};
