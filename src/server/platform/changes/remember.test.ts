import { expect, test } from 'vitest';
import { createMemory } from './remember.ts';

interface Known {
  id: string;
}

const later = <T>() => {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
};

test('asks once for what is asked together and soon after', async () => {
  const memory = createMemory<Known>(60_000);
  let asked = 0;
  const ask = async () => ({ id: String((asked += 1)) });
  const answers = await Promise.all([memory.recall('a', ask), memory.recall('a', ask)]);
  expect([...answers, await memory.recall('a', ask)]).toEqual([{ id: '1' }, { id: '1' }, { id: '1' }]);
});

test('does not remember an answer that was asked for before it was told to forget', async () => {
  const memory = createMemory<Known>(60_000);
  const slow = later<Known>();
  const first = memory.recall('a', () => slow.promise);
  memory.forget((known) => known.id === 'old');
  slow.resolve({ id: 'old' });
  expect(await first).toEqual({ id: 'old' });
  expect(await memory.recall('a', async () => null)).toBeNull();
});

test('lets nobody who asks after the forgetting share a question of before', async () => {
  const memory = createMemory<Known>(60_000);
  const slow = later<Known>();
  const before = memory.recall('a', () => slow.promise);
  memory.forget(() => true);
  const after = memory.recall('a', async () => ({ id: 'new' }));
  slow.resolve({ id: 'old' });
  expect([await before, await after]).toEqual([{ id: 'old' }, { id: 'new' }]);
  expect(await memory.recall('a', async () => null)).toEqual({ id: 'new' });
});

test('forgets what matches and nothing else', async () => {
  const memory = createMemory<Known>(60_000);
  await memory.recall('a', async () => ({ id: 'a' }));
  await memory.recall('b', async () => ({ id: 'b' }));
  memory.forget((known) => known.id === 'a');
  expect(await memory.recall('a', async () => null)).toBeNull();
  expect(await memory.recall('b', async () => null)).toEqual({ id: 'b' });
});

test('remembers neither a failure nor that there was nothing', async () => {
  const memory = createMemory<Known>(60_000);
  await expect(memory.recall('a', () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
  expect(await memory.recall('a', async () => null)).toBeNull();
  expect(await memory.recall('a', async () => ({ id: 'a' }))).toEqual({ id: 'a' });
});

test('asks again once the time is over', async () => {
  const memory = createMemory<Known>(0);
  await memory.recall('a', async () => ({ id: 'old' }));
  expect(await memory.recall('a', async () => ({ id: 'new' }))).toEqual({ id: 'new' });
});
