import { expect, test } from 'vitest';
import { ApiError, offlineError } from './api-error.ts';
import { createOnce } from './use-once.ts';

const refused = () =>
  new ApiError({ status: 409, code: 'phone_number_taken', title: 'Taken', detail: 'It is there.' });

/** The keys under which these are sent, one after the other. */
const keysOf = async (acts: readonly { asked: string; fails?: ApiError }[]) => {
  const once = createOnce();
  const keys: string[] = [];
  for (const { asked, fails } of acts)
    await once(asked, (key) => {
      keys.push(key);
      return fails ? Promise.reject(fails) : Promise.resolve();
    }).catch(() => undefined);
  return keys;
};

test('what is pressed again after its answer was lost is the same act', async () => {
  const [first, second] = await keysOf([{ asked: 'a', fails: offlineError() }, { asked: 'a' }]);
  expect(second).toBe(first);
});

test('the same asked again after an answer is another act', async () => {
  const keys = await keysOf([
    { asked: 'a' },
    { asked: 'a' },
    { asked: 'a', fails: refused() },
    { asked: 'a' },
  ]);
  expect(new Set(keys).size).toBe(4);
});

test('another act in between ends the one that was given up', async () => {
  const keys = await keysOf([
    { asked: 'a', fails: offlineError() },
    { asked: 'b', fails: offlineError() },
    { asked: 'a' },
  ]);
  expect(new Set(keys).size).toBe(3);
});
