import { expect, test } from 'vitest';
import { describeFewFiles } from './open-files.ts';

test('a low limit of open files is told with the way out, a usual one is not', () => {
  expect(describeFewFiles(1024)).toMatch(
    /^Only 1024 files may be open at once.*4096 or more.*LimitNOFILE=65536/,
  );
  expect(describeFewFiles(4096)).toBeNull();
  expect(describeFewFiles(null)).toBeNull();
});
