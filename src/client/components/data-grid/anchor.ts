/** A row, and where it stood before the rows changed. */
export interface Anchor {
  key: string;
  index: number;
}

/**
 * By how many rows the list must move so that the row under the hand stays where it is on the screen. Rows
 * may have been added or removed above it. `anchors` come in order of claim (focused, hovered, first in
 * sight); one that is gone, or whose new place is not known, leaves the claim to the next.
 */
export const shiftOf = (
  anchors: readonly (Anchor | null)[],
  indexOfKey: (key: string) => number | undefined,
): number => {
  for (const anchor of anchors) {
    const now = anchor === null ? undefined : indexOfKey(anchor.key);
    if (anchor !== null && now !== undefined) return now - anchor.index;
  }
  return 0;
};
