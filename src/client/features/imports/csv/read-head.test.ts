import { expect, test } from 'vitest';
import { takeInHand } from './read-head.ts';

const bytesOf = (...parts: (string | number[])[]) =>
  new Blob(parts.map((part) => (typeof part === 'string' ? part : Uint8Array.from(part))));
const utf16 = (text: string) => [
  0xff,
  0xfe,
  ...Array.from(text, (letter) => [letter.charCodeAt(0), 0]).flat(),
];

test('the headings and a few values of each column are read', async () => {
  const { format, head } = await takeInHand('a.csv', bytesOf('Tel;"Na;me"\n+1;Ada\n\n+2;Ada\n+3;"B\nC"\n'));
  expect(format).toBe('csv');
  expect(head).toEqual({
    delimiter: ';',
    headings: ['Tel', 'Na;me'],
    samples: [
      ['+1', '+2', '+3'],
      ['Ada', 'B\nC'],
    ],
  });
});

test.for<[string, Blob]>([
  ['UTF-8 with its mark', bytesOf([0xef, 0xbb, 0xbf], 'Büro,b\n')],
  ['UTF-16 with its mark', bytesOf(utf16('Büro,b\n'))],
  ['Windows-1252', bytesOf('B', [0xfc], 'ro,b\n')],
  ['what Excel writes above', bytesOf('sep=,\r\nBüro,b\r\n')],
  ['a heading without a row', bytesOf('Büro,b')],
])('%s', async ([, blob]) => {
  expect((await takeInHand('a.csv', blob)).head?.headings).toEqual(['Büro', 'b']);
});

test('of a long file the rows that are whole count, and of a workbook nothing', async () => {
  const long = bytesOf(`a,b\n${'+1,x\n'.repeat(50_000)}`);
  expect((await takeInHand('a.csv', long)).head?.samples).toEqual([['+1'], ['x']]);
  expect((await takeInHand('a.xlsx', bytesOf([0x50, 0x4b, 3, 4, 0, 0, 8], 'xl/'))).head).toBeNull();
});

test('JSON lines are told by their name or by how they begin', async () => {
  expect((await takeInHand('a.ndjson', bytesOf('{}'))).format).toBe('jsonl');
  expect((await takeInHand('Pasted rows', bytesOf(' {"phone_number":"+1"}'))).format).toBe('jsonl');
  expect((await takeInHand('Pasted rows', bytesOf('phone_number\n'))).format).toBe('csv');
});
