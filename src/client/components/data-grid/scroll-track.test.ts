import { describe, expect, test } from 'vitest';
import {
  follow,
  lastTop,
  MAX_TRACK_PX,
  toScroll,
  topShowing,
  toTop,
  trackHeight,
  windowAt,
  type Track,
} from './scroll-track.ts';

const few: Track = { rowCount: 1000, rowHeight: 40, viewport: 800 };
const million: Track = { rowCount: 1_000_000, rowHeight: 40, viewport: 816 };
const lastScroll = (track: Track) => trackHeight(track) - track.viewport;

describe('a list that fits', () => {
  test('the scrollbar and the rows are at the same place', () => {
    expect(toTop(few, 12_345)).toBe(12_345);
    expect(toScroll(few, 12_345)).toBe(12_345);
    expect(toTop(few, 99_999_999)).toBe(40_000 - 800);
  });

  test('a list shorter than the view stays at the top', () => {
    expect(lastTop({ rowCount: 3, rowHeight: 40, viewport: 800 })).toBe(0);
    expect(windowAt({ rowCount: 3, rowHeight: 40, viewport: 800 }, 0, 0, 6)).toEqual({ start: 0, end: 3 });
  });
});

describe('a million rows', () => {
  test('the track stays below what browsers can lay out', () => {
    expect(trackHeight(million)).toBe(MAX_TRACK_PX);
    expect(trackHeight(million)).toBeLessThan(17_895_697);
  });

  test('the end of the track shows the last row', () => {
    const top = toTop(million, lastScroll(million));
    expect(top).toBe(1_000_000 * 40 - 816);
    expect(windowAt(million, top, 0, 6).end).toBe(1_000_000);
  });

  test('every position goes to the track and back to within a pixel', () => {
    for (let top = 0; top <= lastTop(million); top += 123_457) {
      expect(Math.abs(toTop(million, toScroll(million, top)) - top)).toBeLessThan(1);
    }
    expect(toScroll(million, lastTop(million))).toBe(lastScroll(million));
  });

  test('the track never runs backwards', () => {
    let before = -1;
    for (let scroll = 0; scroll <= lastScroll(million); scroll += 9_973) {
      const top = toTop(million, scroll);
      expect(top).toBeGreaterThan(before);
      before = top;
    }
  });

  test('a step of the wheel moves the rows by as much, wherever it is', () => {
    for (const top of [0, 1_999_950, 20_000_000, 38_000_000]) {
      expect(follow(million, top, toScroll(million, top), toScroll(million, top) + 120)).toBeCloseTo(
        top + 120,
      );
    }
  });

  test('a drag of the thumb goes where the track says', () => {
    expect(follow(million, 0, 0, 7_500_000)).toBe(toTop(million, 7_500_000));
    expect(follow(million, 5_000_000, 3_000_000, lastScroll(million))).toBe(lastTop(million));
  });

  test('a step cannot leave the rows', () => {
    expect(follow(million, lastTop(million) - 10, lastScroll(million) - 10, lastScroll(million))).toBe(
      lastTop(million),
    );
    expect(follow(million, 10, 200, 100)).toBe(0);
  });
});

describe('the window', () => {
  test('most rows beyond sight lie ahead of the movement', () => {
    expect(windowAt(few, 4000, 1, 6)).toEqual({ start: 99, end: 125 });
    expect(windowAt(few, 4000, -1, 6)).toEqual({ start: 95, end: 121 });
  });

  test('its size is bounded, whatever the number of rows', () => {
    for (const top of [0, 17, 5_000_017, lastTop(million)]) {
      const { start, end } = windowAt(million, top, 1, 6);
      expect(end - start).toBeLessThanOrEqual(28);
    }
  });

  test('a view without height draws nothing', () => {
    expect(windowAt({ ...few, viewport: 0 }, 0, 0, 6)).toEqual({ start: 0, end: 0 });
  });
});

describe('showing a row', () => {
  test('a row in sight moves nothing', () => expect(topShowing(few, 400, 15)).toBe(400));
  test('a row above comes to the top', () => expect(topShowing(few, 4000, 15)).toBe(600));
  test('a row below comes to the bottom', () => expect(topShowing(few, 0, 30)).toBe(31 * 40 - 800));
  test('the millionth row can be shown', () =>
    expect(topShowing(million, 0, 999_999)).toBe(lastTop(million)));
});
