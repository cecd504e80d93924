import { expect, test } from 'vitest';
import { createGate } from './gate.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('actors are let in one by one in turn, however many of one wait', async () => {
  const gate = createGate({ perActor: Infinity, maxTotalSize: 1 });
  const order: string[] = [];
  const leaveFirst = await gate.enter('busy');
  const enter = async (actor: string, name: string) => {
    const leave = await gate.enter(actor);
    order.push(name);
    await turn();
    leave();
  };
  const all = [
    enter('busy', 'busy 1'),
    enter('busy', 'busy 2'),
    enter('busy', 'busy 3'),
    enter('quiet', 'quiet 1'),
    enter('quiet', 'quiet 2'),
  ];
  expect(gate.waiting()).toBe(5);
  leaveFirst();
  await Promise.all(all);
  expect(order).toEqual(['busy 1', 'quiet 1', 'busy 2', 'quiet 2', 'busy 3']);
  expect([gate.inside(), gate.waiting()]).toEqual([0, 0]);
});

test('of one actor so many are inside, and no other waits for them', async () => {
  const gate = createGate({ perActor: 2, maxTotalSize: Infinity });
  const leave = [await gate.enter('busy'), await gate.enter('busy')];
  const third = gate.enter('busy');
  await gate.enter('quiet');
  expect([gate.inside(), gate.waiting()]).toEqual([3, 1]);
  leave[0]?.();
  // Leaving twice is leaving once.
  leave[0]?.();
  await third;
  expect([gate.inside(), gate.waiting()]).toEqual([3, 0]);
});

test('whoever waited long enough, or went away, waits no longer', async () => {
  const gate = createGate({ perActor: 1, maxTotalSize: Infinity });
  const leave = await gate.enter('busy');
  const away = new AbortController();
  const gone = gate.enter('busy', { signal: away.signal });
  const late = gate.enter('busy', { withinMs: 5 });
  away.abort();
  await expect(gone).rejects.toMatchObject({ reason: 'gone' });
  await expect(late).rejects.toMatchObject({ reason: 'late' });
  await expect(gate.enter('quiet', { signal: away.signal })).rejects.toMatchObject({ reason: 'gone' });
  expect(gate.waiting()).toBe(0);
  leave();
  expect(gate.inside()).toBe(0);
});

test('in all so much is inside as fits by size', async () => {
  const gate = createGate({ perActor: 2, maxTotalSize: 10 });
  const leave = await gate.enter('first', { size: 8 });
  const large = gate.enter('second', { size: 3 });
  const leaveSmall = await gate.enter('third', { size: 2 });
  expect([gate.inside(), gate.waiting()]).toEqual([10, 1]);
  leaveSmall();
  expect(gate.waiting()).toBe(1);
  leave();
  (await large)();
  expect([gate.inside(), gate.waiting()]).toEqual([0, 0]);
});
