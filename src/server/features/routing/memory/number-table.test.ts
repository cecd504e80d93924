import { expect, test } from 'vitest';
import { NumberTable, type TableRow } from './number-table.ts';

/** The same numbers in each run, spread like random ones. */
const scatter = (seed: number) => {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
};

const rowOf = (key: number, version: number): TableRow => ({
  id: key % 7 === 0 ? `other-${key}` : key.toString(16).padStart(24, '0'),
  inboundAgentId: version % 3 === 0 ? null : `agent-${version % 20}`,
  outboundAgentId: version % 2 === 0 ? null : `agent-${version % 11}`,
  callerFormat: version % 5 === 0 ? null : `F${version % 300}`,
  version,
});

test('holds what a map would hold, whatever is set, deleted and grown in between', () => {
  const table = new NumberTable();
  const map = new Map<number, TableRow>();
  const next = scatter(7);
  for (let turn = 0; turn < 60_000; turn += 1) {
    // Long runs of neighbours, and the longest numbers there are.
    const key = (turn % 2 === 0 ? 8_801_710_000_000 : 999_999_999_990_000) + next(4000);
    if (next(3) === 0) {
      table.delete(key);
      map.delete(key);
    } else {
      table.set(key, rowOf(key, turn), 1);
      map.set(key, rowOf(key, turn));
    }
  }
  expect(table.size).toBe(map.size);
  for (let offset = 0; offset < 4000; offset += 1) {
    for (const base of [8_801_710_000_000, 999_999_999_990_000])
      expect(table.get(base + offset)).toEqual(map.get(base + offset));
  }
  for (const [key, { id }] of [...map].slice(0, 20)) expect(table.keyOfId(id)).toBe(key);
  expect(table.keyOfId('f'.repeat(24))).toBeUndefined();
  expect(table.keyOfId('nobody')).toBeUndefined();
});

test('tells what a pass has not seen', () => {
  const table = new NumberTable();
  for (let key = 10_000; key < 10_010; key += 1) table.set(key, rowOf(key, 1), 1);
  for (let key = 10_002; key < 10_010; key += 1) table.set(key, rowOf(key, 1), 2);
  expect(table.unseen(2).toSorted((a, b) => a - b)).toEqual([10_000, 10_001]);
});

test('a number without rules takes at most sixty-four bytes', () => {
  const table = new NumberTable();
  table.reserve(100_000);
  for (let key = 1; key <= 100_000; key += 1) table.set(14_155_000_000 + key, rowOf(key, 1), 1);
  expect(table.bytes / table.size).toBeLessThanOrEqual(64);
});
