import { expect } from 'vitest';
import type { PlanOutcome } from '#contract/bulk/plans.ts';
import type { Database, Transaction } from '#server/platform/db/database.ts';
import { createHeldSecrets, type HeldSecrets } from '#server/features/credentials/held-secrets.ts';
import { keyringOf } from '#server/platform/secrets/keyring.ts';
import { test } from '#server/testing/test-app.ts';
import { insertPlan } from './plan-store.ts';
import { insertRows, lockUndone, lockUnjudged, saveDone, saveJudged } from './row-store.ts';

const [ALL, PIECE] = [4000, 200];

/** Rows with what a file said, every fourth with a credential. */
const fillPlan = async (database: Database, held: HeldSecrets, id: string, planned?: PlanOutcome) => {
  await database.transaction(async (tx) => {
    const nobody = {
      actor_kind: 'system',
      actor_id: null,
      actor_name: 'Test',
      address: null,
      request_id: null,
    } as const;
    await insertPlan(tx, { ...nobody, id, selection: null, change: {} as never }, 60);
    const rows = Array.from({ length: ALL }, (_, at) => ({
      phone_number_id: null,
      phone_number: `+1202555${at}`,
      version: null,
      line: at + 2,
      given: `{"line":${at}}`,
      ...(planned !== undefined && { planned }),
    }));
    await insertRows(tx, id, 0, rows);
    const every = rows.flatMap((_, place) =>
      place % 4 === 0 ? [{ place, secrets: { sip_trunk_password: 'correct' } }] : [],
    );
    await held.hold(tx, id, every);
  });
};

const rowsRead = async (tx: Transaction): Promise<number> => {
  const text = `select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int as read from pg_stat_xact_user_tables
    where relname in ('bulk_row', 'held_secret')`;
  return (await tx.query<{ read: number }>(text))[0]?.read ?? 0;
};

test('a piece of a plan costs what it has, and not what the plan has', async ({
  cordboard: { database },
}) => {
  const held = createHeldSecrets(database, keyringOf(Buffer.alloc(32, 1)));
  const id = 'new';
  // The planner knows of plans that were judged long ago, and nothing of this one.
  await fillPlan(database, held, 'known', 'unchanged');
  await database.query('analyze bulk_row, held_secret');
  await fillPlan(database, held, id);
  for (let piece = 0; piece < 3; piece++)
    await database.transaction(async (tx) => {
      const before = await rowsRead(tx);
      const rows = await lockUnjudged(tx, id, PIECE);
      const places = rows.map(({ place }) => place);
      expect(places).toEqual(Array.from({ length: PIECE }, (_, at) => piece * PIECE + at));
      expect((await held.open(tx, id, places)).size).toBe(PIECE / 4);
      const judged = { planned: 'created', planned_code: null, planned_message: null } as const;
      await saveJudged(
        tx,
        id,
        places.map((place) => ({ place, ...judged })),
      );
      const undone = await lockUndone(tx, id, PIECE);
      const done = { outcome: 'created', code: null, message: null, made_version: 1 } as const;
      await saveDone(
        tx,
        id,
        undone.map(({ place, phone_number }) => ({ place, ...done, phone_number_id: phone_number })),
      );
      await held.erase(tx, id, places);
      // Some statements find a row twice: as the next one, and again with what it brings along.
      expect((await rowsRead(tx)) - before).toBeLessThan(9 * PIECE);
    });
});
