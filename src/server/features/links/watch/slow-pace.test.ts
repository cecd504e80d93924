import { expect, test } from 'vitest';
import type { Egress } from '#server/platform/egress/egress.ts';
import type { EgressAnswer } from '#server/platform/egress/exchange.ts';
import { createSlowPace } from './slow-pace.ts';

const asked = { url: 'https://platform.test/', method: 'GET', headers: {}, timeoutMs: 1000, maxBytes: 1 };
const fine: EgressAnswer = { status: 200, headers: {}, body: Buffer.alloc(0) };
const { signal } = new AbortController();

const account = (answer: (at: number) => EgressAnswer | Promise<EgressAnswer>) => {
  const times: number[] = [];
  const egress: Egress = {
    request: async () => {
      times.push(performance.now());
      return answer(times.length);
    },
  };
  return { egress, times };
};
const leastGap = (times: readonly number[]) =>
  Math.min(...times.slice(1).map((time, at) => time - (times[at] ?? 0)));

test('each request comes so much after the answer before it, however late that was', async () => {
  const { egress, times } = account((at) =>
    at === 2 ? new Promise((resolve) => setTimeout(() => resolve(fine), 150)) : fine,
  );
  const slow = createSlowPace(100).slow(egress, signal);
  for (let n = 0; n < 4; n += 1) await slow.request(asked);
  expect(leastGap(times)).toBeGreaterThanOrEqual(100);
  expect((times[2] ?? 0) - (times[1] ?? 0)).toBeGreaterThanOrEqual(245);
});

test('another turn at the same account begins no sooner, also after a failure', async () => {
  const { egress, times } = account((at) => (at === 1 ? Promise.reject(new Error('away')) : fine));
  const pace = createSlowPace(100);
  await expect(pace.slow(egress, signal).request(asked)).rejects.toThrow('away');
  await pace.slow(egress, signal).request(asked);
  expect(leastGap(times)).toBeGreaterThanOrEqual(100);
});

test('what was too many is asked again, three times in all', async () => {
  const tooMany = { ...fine, status: 429 };
  const twice = account((at) => (at < 3 ? tooMany : fine));
  expect((await createSlowPace(1).slow(twice.egress, signal).request(asked)).status).toBe(200);
  const always = account(() => tooMany);
  expect((await createSlowPace(1).slow(always.egress, signal).request(asked)).status).toBe(429);
  expect(always.times).toHaveLength(3);
});

test('whoever is stopped waits no more', async () => {
  const stopping = new AbortController();
  const { egress, times } = account(() => fine);
  const slow = createSlowPace(60_000).slow(egress, stopping.signal);
  await slow.request(asked);
  const waiting = slow.request(asked);
  stopping.abort();
  await expect(waiting).rejects.toThrow();
  expect(times).toHaveLength(1);
});
