import { expect, test } from 'vitest';
import { createRowCutter, plainCell, type CutRow } from './cut-rows.ts';

const cutWhole = (text: string, delimiter = ',') => {
  const cutter = createRowCutter(delimiter);
  return [...cutter.write(text), ...cutter.end()];
};
const told = (rows: readonly CutRow[]) => rows.map(({ line, cells }) => [line, ...cells.map(plainCell)]);

test.for<[string, string, (string | number)[][]]>([
  [
    'cells',
    'a,b\n1,2\n',
    [
      [1, 'a', 'b'],
      [2, '1', '2'],
    ],
  ],
  [
    'each kind of line end',
    'a\r\nb\rc\nd',
    [
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
      [4, 'd'],
    ],
  ],
  [
    'line breaks in quotes',
    'a,"x\r\ny\nz"\nb,c',
    [
      [1, 'a', 'x\r\ny\nz'],
      [4, 'b', 'c'],
    ],
  ],
  ['doubled quotes', '"a ""b""",c', [[1, 'a "b"', 'c']]],
  ['an empty cell in quotes', '"",b\n', [[1, '', 'b']]],
  ['a quote within a cell', 'a "b" c,d', [[1, 'a "b" c', 'd']]],
  [
    'a quote that ends no cell',
    '"a" b,c\nd',
    [
      [1, '"a" b', 'c'],
      [2, 'd'],
    ],
  ],
  [
    'blank lines, which count',
    'a\n\n\nb',
    [
      [1, 'a'],
      [2, ''],
      [3, ''],
      [4, 'b'],
    ],
  ],
  ['a last cell that is empty', 'a,', [[1, 'a', '']]],
  [
    'a quote that is never closed',
    'a\n"b,c\nd',
    [
      [1, 'a'],
      [2, '"b,c\nd'],
    ],
  ],
])('%s', ([, text, rows]) => {
  expect(told(cutWhole(text))).toEqual(rows);
});

test('wherever the text is cut into pieces, the rows are the same, and together they are the text', () => {
  const text = 'a;"b ""c""\r\n";d\r\n"x" y;;\r\n\r\n"";"";z\r"e';
  const whole = cutWhole(text, ';');
  for (let size = 1; size < text.length; size++) {
    const cutter = createRowCutter(';');
    const rows = [...text.matchAll(new RegExp(`[^]{1,${size}}`, 'g'))].flatMap(([piece]) =>
      cutter.write(piece),
    );
    expect([...rows, ...cutter.end()]).toEqual(whole);
  }
  expect(whole.map(({ cells }) => cells.join(';')).join('\n')).toBe(
    'a;"b ""c""\r\n";d\n"x" y;;\n\n"";"";z\n"e',
  );
});
