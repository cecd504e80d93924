import { expect } from 'vitest';
import { addNumber, expectProblem, tally } from '#server/testing/given.ts';
import { test, type Caller, type TestAnswer } from '#server/testing/test-app.ts';
import { createTurns } from './turns.ts';

const later = () => {
  let resolve = () => {};
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
};
const asker = (actor: string) => ({ actor, signal: new AbortController().signal });

test('of an actor two run at once; a third that waits too long is refused, and nobody else is', async () => {
  const turns = createTurns({ maxConcurrent: 5, isOneSession: false });
  const held = later();
  const hold = (actor: string) => turns.take(asker(actor), (turn) => turn.query(() => held.promise));
  const running = [hold('busy'), hold('busy')];
  await expect(hold('busy')).rejects.toMatchObject({
    code: 'too_many_requests',
    extra: { retry_after_seconds: 1 },
  });
  await turns.take(asker('quiet'), (turn) => turn.query(async () => {}));
  expect(turns.figures()).toEqual({ running: 2, waiting: 0, refused: 1 });
  held.resolve();
  await Promise.all(running);
  expect(turns.figures()).toMatchObject({ running: 0, waiting: 0 });
});

test('what waits when its asker goes away is never asked', async () => {
  const turns = createTurns({ maxConcurrent: 5, isOneSession: false });
  const held = later();
  const running = [1, 2].map(() => turns.take(asker('busy'), (turn) => turn.query(() => held.promise)));
  const away = new AbortController();
  let isAsked = false;
  const waiting = turns.take({ actor: 'busy', signal: away.signal }, (turn) =>
    turn.query(async () => void (isAsked = true)),
  );
  away.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'invalid_request' });
  held.resolve();
  await Promise.all(running);
  expect(isAsked).toBe(false);
});

test('a query that fails gives its turn back', async () => {
  const turns = createTurns({ maxConcurrent: 1, isOneSession: true });
  const fail = () =>
    turns.take(asker('busy'), (turn) => turn.query(() => Promise.reject(new Error('broken'))));
  for (let n = 0; n < 4; n++) await expect(fail()).rejects.toThrow('broken');
  expect(turns.figures()).toEqual({ running: 0, waiting: 0, refused: 0 });
});

test('with one session it is crowded while somebody else asks, and not for who is alone', async () => {
  const turns = createTurns({ maxConcurrent: 1, isOneSession: true });
  const isCrowded = (actor: string) => turns.take(asker(actor), async (turn) => turn.isCrowded());
  turns.note('busy');
  turns.note('busy');
  expect(await isCrowded('busy')).toBe(false);
  turns.note('quiet');
  turns.note('busy');
  expect([await isCrowded('busy'), await isCrowded('quiet')]).toEqual([true, true]);
});

test('through HTTP: 429 with Retry-After for who asks for too much, while others wait for the database alone', async ({
  cordboard,
}) => {
  const [busy, quiet] = [await cordboard.signedInAs('viewer'), await cordboard.signedInAs('viewer')];
  await addNumber(cordboard.as('operator'));
  // Who they are is known before the database is held: then only the pages themselves wait.
  for (const each of [busy, quiet]) await each.request('GET', '/v1/me');
  const [locked, held] = [later(), later()];
  const holding = cordboard.database.transaction(async (tx) => {
    await tx.query('lock table phone_number in access exclusive mode');
    locked.resolve();
    await held.promise;
  });
  await locked.promise;
  const deepPage = (as: Caller) => as.request('GET', '/v1/phone-numbers?skip=900000&sort=phone_number');
  const answered: TestAnswer<unknown>[] = [];
  const asked = Array.from({ length: 8 }, async () => void answered.push(await deepPage(busy)));
  const other = deepPage(quiet);
  await expect.poll(() => answered.length, { timeout: 8000 }).toBe(6);
  for (const refused of answered) expectProblem(refused, 429, 'too_many_requests');
  expect(answered[0]?.headers.get('retry-after')).toBe('1');
  held.resolve();
  await Promise.all([holding, ...asked]);
  expect(tally(answered)).toEqual({ 200: 2, 429: 6 });
  expect((await other).status).toBe(200);
});
