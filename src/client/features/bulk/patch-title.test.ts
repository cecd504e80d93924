import { expect, test } from 'vitest';
import { patchTitle } from './patch-title.ts';

const titleOf = (value: string) => patchTitle(['metadata'], { metadata: { note: value } }, () => undefined);

test.for([
  ['a value of forty', 'x'.repeat(40), 'x'.repeat(40)],
  ['a longer one', 'x'.repeat(700), `${'x'.repeat(40)}…`],
  ['one of marks without end', `a${'\u0301'.repeat(4000)}`, `a${'\u0301'.repeat(639)}…`],
  ['one of characters of many parts', '👩‍👩‍👧'.repeat(41), `${'👩‍👩‍👧'.repeat(40)}…`],
])('%s is said as far as a title has room', ([, value = '', shown = '']) => {
  expect(titleOf(value)).toBe(`Set the metadata key “note” to “${shown}”`);
});
