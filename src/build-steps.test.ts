import { expect, test } from 'vitest';
import { withoutBlocks } from './build-steps.ts';

const css = 'a{b:c}@supports (x){a{b:d}@media y{a{b:e}}}f{g:h}@supports (x){i{j:k}}';

test('blocks are unwrapped, or taken out, with all that is in them', () => {
  expect(withoutBlocks(css, '@supports (x){', true)).toBe('a{b:c}a{b:d}@media y{a{b:e}}f{g:h}i{j:k}');
  expect(withoutBlocks(css, '@supports (x){', false)).toBe('a{b:c}f{g:h}');
  expect(withoutBlocks(css, '@supports (z){', false)).toBe(css);
  expect(() => withoutBlocks('@supports (x){a{', '@supports (x){', true)).toThrow('within a block');
});
