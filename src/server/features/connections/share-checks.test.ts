import { expect, test } from 'vitest';
import { createSharedChecks } from './share-checks.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));
const here = new AbortController().signal;

/** Checks that go on until they are told to end. */
const begun = () => {
  const checks = createSharedChecks();
  const running: { signal: AbortSignal; end: () => void }[] = [];
  const work = (signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      running.push({ signal, end: resolve });
      signal.addEventListener('abort', () => reject(new Error('aborted')));
    });
  const join = (what: string, actor = 'one', signal = here) => checks.join(what, { actor, signal }, work);
  return { checks, running, join };
};

test('those who ask the same meanwhile share one check, and the next begins another', async () => {
  const { running, join } = begun();
  const asking = Array.from({ length: 10 }, (_, at) => join('a', `actor ${at}`));
  await turn();
  expect(running).toHaveLength(1);
  running[0]?.end();
  await Promise.all(asking);
  const next = join('a');
  await turn();
  expect(running).toHaveLength(2);
  running[1]?.end();
  await next;
});

test('two of one actor and four in all are under way', async () => {
  const { running, join } = begun();
  const asking = ['a', 'b', 'c'].map((what) => join(what, 'busy'));
  await turn();
  expect(running).toHaveLength(2);
  for (const what of ['d', 'e', 'f']) asking.push(join(what, `actor of ${what}`));
  await turn();
  expect(running).toHaveLength(4);
  for (let at = 0; at < 6; at++) {
    running[at]?.end();
    await turn();
  }
  await Promise.all(asking);
  expect(running).toHaveLength(6);
});

test('a check is broken off when the last who waits for it goes away, and is shared no more', async () => {
  const { running, join } = begun();
  const [first, second] = [new AbortController(), new AbortController()];
  const gone = [first, second].map(({ signal }) =>
    expect(join('a', 'one', signal)).rejects.toMatchObject({ code: 'invalid_request' }),
  );
  await turn();
  first.abort();
  expect(running[0]?.signal.aborted).toBe(false);
  second.abort();
  expect(running[0]?.signal.aborted).toBe(true);
  const next = join('a');
  await Promise.all(gone);
  await turn();
  expect(running).toHaveLength(2);
  running[1]?.end();
  await next;
});

test('all are broken off when the server stops', async () => {
  const { checks, join } = begun();
  const stopped = ['a', 'b'].map((what) =>
    expect(join(what)).rejects.toMatchObject({ code: 'invalid_request' }),
  );
  await turn();
  checks.stop();
  await Promise.all(stopped);
});
