import { describe, expect, test } from 'vitest';
import { countRows, entryTo, pagesOf, type PageFacts } from './list-pages.ts';

describe('entering a page', () => {
  test('the first page needs nothing', () => expect(entryTo(0, new Map())).toEqual({}));
  test('a page after a known one continues it', () =>
    expect(entryTo(3, new Map([[3, 'c']]))).toEqual({ page_token: 'c' }));
  test('a page far away is entered from the nearest place before it', () => {
    const tokens = new Map([
      [1, 'a'],
      [7, 'g'],
      [90, 'z'],
    ]);
    expect(entryTo(20, tokens)).toEqual({ page_token: 'g', skip: 650 });
  });
  test('without any place, rows are passed over from the start', () =>
    expect(entryTo(19_999, new Map())).toEqual({ skip: 999_950 }));
});

describe('how many rows there are', () => {
  const full = (page: number): PageFacts => ({ page, rows: 50, hasNext: true });

  test('an exact total is believed', () => expect(countRows(271, true, [full(0)]).rows).toBe(271));
  test('before anything is known there are none', () => expect(countRows(undefined, false, []).rows).toBe(0));
  test('an empty first page is an empty list', () => {
    expect(countRows(0, true, [{ page: 0, rows: 0, hasNext: false }])).toEqual({
      rows: 0,
      isEndSeen: true,
      isSeeking: false,
    });
  });
  test('a last page that was seen outranks the total', () => {
    expect(countRows(400, false, [full(0), { page: 1, rows: 12, hasNext: false }])).toEqual({
      rows: 62,
      isEndSeen: true,
      isSeeking: false,
    });
  });
  test('an estimate that is too low grows as rows are seen', () => {
    expect(countRows(60, false, [full(0), full(1), full(2)]).rows).toBe(151);
  });

  test('a last page that has since been followed by others is not the end', () => {
    expect(countRows(100, true, [{ page: 1, rows: 50, hasNext: false }, full(2)]).rows).toBe(151);
  });

  test.each([
    [1_234_567, 2_000_000],
    [149, 100_000],
    [50, 51],
    [999_950, 1_000_000],
  ])('the last of %i rows is reached from an estimate of %i within a few questions', (truth, estimate) => {
    const read = new Map<number, PageFacts>([
      [0, { page: 0, rows: Math.min(50, truth), hasNext: truth > 50 }],
    ]);
    let count = countRows(estimate, false, [...read.values()]);
    for (let asked = 0; asked < 25 && !count.isEndSeen; asked++) {
      const page = Math.floor((count.rows - 1) / 50);
      const rows = Math.max(0, Math.min(50, truth - page * 50));
      read.set(page, { page, rows, hasNext: rows > 0 && truth > page * 50 + rows });
      count = countRows(estimate, false, [...read.values()]);
    }
    expect(count).toEqual({ rows: truth, isEndSeen: true, isSeeking: false });
  });
});

test('rows in sight are asked for by their pages', () => {
  expect(pagesOf(0, 26)).toEqual([0]);
  expect(pagesOf(40, 60)).toEqual([0, 1]);
  expect(pagesOf(999_990, 1_000_000)).toEqual([19_999]);
  expect(pagesOf(5, 5)).toEqual([0]);
});
