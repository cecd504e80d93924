import { expect, test } from 'vitest';
import { joinLabels, readCell, splitLabels, writeCell } from './cell-text.ts';

test.for<[string, string]>([
  ['=HYPERLINK("x")', '\'=HYPERLINK("x")'],
  ['+1 for the branch', "'+1 for the branch"],
  ['-1', "'-1"],
  ['@SUM(1)', "'@SUM(1)"],
  ['\tx', "'\tx"],
  ['\rx', "'\rx"],
  ["'=1", "''=1"],
  ["''=1", "'''=1"],
  ['+14155552671', '+14155552671'],
  ["'+14155552671", "''+14155552671"],
  ["'tis", "'tis"],
  ["it's = 1", "it's = 1"],
  ['', ''],
])('%j stands in its cell as %j, and is read back', ([text, cell]) => {
  expect(writeCell(text)).toBe(cell);
  expect(readCell(cell)).toBe(text);
});

test.for<[string[], string]>([
  [['production', 'vip'], 'production|vip'],
  [['a|b', 'c'], String.raw`a\|b|c`],
  [['a\\', 'b\\|c'], String.raw`a\\|b\\\|c`],
  [[], ''],
])('labels %j are joined as %j, and split again', ([labels, cell]) => {
  expect(joinLabels(labels)).toBe(cell);
  expect(splitLabels(cell)).toEqual(labels);
});

test('what people write between separators is taken as it is meant', () => {
  expect(splitLabels('a||b|')).toEqual(['a', 'b']);
  expect(splitLabels(String.raw`C:\temp`)).toEqual([String.raw`C:\temp`]);
});
