/* Where a million rows lie. */

/**
 * Chromium ends an element at 33,554,432 px, Firefox at 17.9 million, and the compositor counts in 24-bit
 * fractions: past this height the track is shorter than the rows and a pixel of it stands for more.
 */
export const MAX_TRACK_PX = 15_000_000;
// At both ends a pixel of the track stays a pixel of rows, so that the first and the last row are met at full
// precision.
const EDGE_PX = 2_000_000;

export interface Track {
  rowCount: number;
  rowHeight: number;
  /** Height in which rows are seen. */
  viewport: number;
}

export interface RowWindow {
  /** First row drawn. */
  start: number;
  /** One after the last row drawn. */
  end: number;
}

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(value, high));

export const rowsHeight = ({ rowCount, rowHeight }: Track) => rowCount * rowHeight;
export const trackHeight = (track: Track) => Math.min(rowsHeight(track), MAX_TRACK_PX);
export const isCompressed = (track: Track) => rowsHeight(track) > MAX_TRACK_PX;

/** The lowest position: at it, the last row stands at the bottom. */
export const lastTop = (track: Track) => Math.max(0, rowsHeight(track) - track.viewport);
const lastScroll = (track: Track) => Math.max(0, trackHeight(track) - track.viewport);

/** How many pixels of rows one pixel of the compressed middle stands for. */
const slopeOf = (track: Track) => (lastTop(track) - 2 * EDGE_PX) / (lastScroll(track) - 2 * EDGE_PX);

/** The position among the rows, in px, that a position of the scrollbar stands for. */
export const toTop = (track: Track, scroll: number) => {
  if (!isCompressed(track)) return clamp(scroll, 0, lastTop(track));
  const fromEnd = lastScroll(track) - scroll;
  if (scroll <= EDGE_PX) return Math.max(0, scroll);
  if (fromEnd <= EDGE_PX) return lastTop(track) - Math.max(0, fromEnd);
  return EDGE_PX + (scroll - EDGE_PX) * slopeOf(track);
};

/** The position of the scrollbar that stands for a position among the rows; `toTop` turned round. */
export const toScroll = (track: Track, top: number) => {
  const at = clamp(top, 0, lastTop(track));
  if (!isCompressed(track) || at <= EDGE_PX) return at;
  const fromEnd = lastTop(track) - at;
  if (fromEnd <= EDGE_PX) return lastScroll(track) - fromEnd;
  return EDGE_PX + (at - EDGE_PX) / slopeOf(track);
};

/**
 * The position after the scrollbar moved. A short step is the hand's (wheel, touch, trackpad) and moves the
 * rows one to one, even where the track is compressed; a long one is the thumb's, and goes where the track
 * says.
 */
export const follow = (track: Track, top: number, scrollBefore: number, scrollNow: number) => {
  const step = scrollNow - scrollBefore;
  if (!isCompressed(track) || Math.abs(step) > track.viewport * 1.5) return toTop(track, scrollNow);
  return clamp(top + step, 0, lastTop(track));
};

/** The rows to draw: those in sight, and some beyond, most of them ahead of the movement. */
export const windowAt = (track: Track, top: number, ahead: -1 | 0 | 1, overscan: number): RowWindow => {
  if (track.rowCount === 0 || track.viewport <= 0) return { start: 0, end: 0 };
  const before = ahead < 0 ? overscan - 1 : ahead > 0 ? 1 : overscan / 2;
  const first = Math.floor(top / track.rowHeight);
  const last = Math.ceil((top + track.viewport) / track.rowHeight);
  return {
    start: clamp(Math.floor(first - before), 0, track.rowCount),
    end: clamp(Math.ceil(last + overscan - before), 0, track.rowCount),
  };
};

/** The nearest position at which the row is wholly in sight. */
export const topShowing = (track: Track, top: number, row: number) => {
  const rowTop = row * track.rowHeight;
  const lowest = rowTop + track.rowHeight - track.viewport;
  return clamp(clamp(top, Math.min(lowest, rowTop), rowTop), 0, lastTop(track));
};
