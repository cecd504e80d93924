import { expect, test } from 'vitest';
import { EgressError } from './egress-error.ts';
import { createResolve } from './resolve-name.ts';

test('few names are looked up at once, each once, and one that ends makes room', async () => {
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  const resolve = createResolve(
    (name) =>
      new Promise((answer) => {
        asked.push(name);
        answers.push(() => answer(['8.8.8.8']));
      }),
  );
  const found = ['a', 'b', 'c', 'd', 'a'].map((name) => resolve(name));
  expect(asked).toEqual(['a', 'b', 'c', 'd']);
  expect(() => resolve('e')).toThrow(EgressError);
  answers[0]?.();
  expect(await found[4]).toEqual(['8.8.8.8']);
  void resolve('e');
  expect(asked).toEqual(['a', 'b', 'c', 'd', 'e']);
});
