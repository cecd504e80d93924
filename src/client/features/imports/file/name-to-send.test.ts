import { expect, test } from 'vitest';
import { nameToSend } from './name-to-send.ts';

test.for<[string, string | undefined]>([
  ['numbers.csv', 'numbers.csv'],
  ['<b>März</b>.csv', '<b>März</b>.csv'],
  ['a\nb\u0000.csv', 'ab.csv'],
  ['\u202evsc.exe', 'vsc.exe'],
  ['half \ud83d.csv', 'half .csv'],
  [`${'😀'.repeat(300)}.csv`, '😀'.repeat(200)],
  ['\n', undefined],
  ['Pasted rows', undefined],
])('%j is sent as %j', ([name, sent]) => expect(nameToSend(name)).toBe(sent));
