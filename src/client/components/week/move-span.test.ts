import { describe, expect, test } from 'vitest';
import { copyDay, endAt, freeSpan, moveTo, nudged, paint, roomAt, startAt, withSpan } from './move-span.ts';
import { toDays, type Week } from './to-days.ts';

const week = toDays([
  { days: [1], start: '09:00', end: '12:00' },
  { days: [1], start: '13:00', end: '18:00' },
  { days: [7], start: '22:00', end: '02:00' },
]);
const empty: Week = [[], [], [], [], [], [], []];
const wide = { low: -1440, high: 2880 };

describe('room', () => {
  test('ends at the neighbours, and Monday’s neighbour is Sunday’s night', () => {
    expect(roomAt(week, 0, 540, 0)).toEqual({ low: 120, high: 780 });
    expect(roomAt(week, 0, 780, 1)).toMatchObject({ low: 720 });
  });
  test('of Sunday’s night ends on Monday morning', () =>
    expect(roomAt(week, 6, 1320, 0)).toMatchObject({ high: 1980 }));
  test('in an empty week has no neighbour', () =>
    expect(roomAt(empty, 3, 600, null).high).toBeGreaterThan(2880));
});

describe('moving', () => {
  test('stops at the neighbour and at midnight, and keeps the length', () => {
    const room = roomAt(week, 0, 540, 0);
    expect(moveTo({ from: 540, to: 720 }, 900, room)).toEqual({ from: 600, to: 780 });
    expect(moveTo({ from: 540, to: 720 }, 0, room)).toEqual({ from: 120, to: 300 });
    expect(moveTo({ from: 540, to: 720 }, 2000, wide)).toEqual({ from: 1260, to: 1440 });
  });
  test('a night stays a night, and begins on its day', () =>
    expect(moveTo({ from: 1320, to: 1560 }, 1600, wide)).toEqual({ from: 1439, to: 1679 }));
  test('an end goes past midnight, but never a whole day on', () => {
    expect(endAt({ from: 1080, to: 1320 }, 1560, wide)).toEqual({ from: 1080, to: 1560 });
    expect(endAt({ from: 540, to: 720 }, 3000, wide)).toEqual({ from: 540, to: 1979 });
    expect(endAt({ from: 0, to: 720 }, 3000, wide)).toEqual({ from: 0, to: 1440 });
    expect(endAt({ from: 540, to: 720 }, 100, wide)).toEqual({ from: 540, to: 555 });
  });
  test('a start stays before its end', () => {
    expect(startAt({ from: 540, to: 720 }, 900, wide)).toEqual({ from: 705, to: 720 });
    expect(startAt({ from: 1320, to: 1560 }, 0, wide)).toEqual({ from: 121, to: 1560 });
  });
  test('what is shorter than a quarter of an hour is not stretched by taking hold of it', () => {
    expect(endAt({ from: 540, to: 545 }, 540, wide)).toEqual({ from: 540, to: 545 });
    expect(startAt({ from: 540, to: 545 }, 700, wide)).toEqual({ from: 540, to: 545 });
  });
  test('times come to the next line of the grid', () => {
    expect([nudged(547, 1), nudged(547, -1), nudged(540, 1), nudged(540, -1)]).toEqual([555, 540, 555, 525]);
  });
});

describe('making', () => {
  test('painting works both ways, and within its room', () => {
    expect(paint(600, 720, wide)).toEqual({ from: 600, to: 720 });
    expect(paint(600, 480, wide)).toEqual({ from: 480, to: 600 });
    expect(paint(600, 900, { low: 540, high: 660 })).toEqual({ from: 600, to: 660 });
    expect(paint(600, 600, { low: 600, high: 600 })).toBeNull();
  });
  test('an added interval finds room', () => {
    expect(freeSpan(empty, 0)).toEqual({ from: 540, to: 1020 });
    expect(freeSpan(week, 0)).toEqual({ from: 1080, to: 1140 });
    expect(freeSpan(withSpan(empty, 0, null, { from: 0, to: 1440 }), 0)).toBeNull();
    expect(freeSpan(withSpan(empty, 0, null, { from: 60, to: 1440 }), 0)).toEqual({ from: 0, to: 60 });
  });
  test('a day is copied whole', () =>
    expect(copyDay(week, 0, [2, 6]).map((spans) => spans.length)).toEqual([2, 0, 2, 0, 0, 0, 2]));
});
