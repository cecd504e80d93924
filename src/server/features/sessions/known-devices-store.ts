import type { Queryable, Transaction } from '#server/platform/db/database.ts';

/** The same as the cookie's. */
export const KNOWN_DAYS = 180;
// Who once had the password must not have gathered browsers without end, each with tries of its own.
const DEVICES_EACH = 20;

const isAlive = `last_seen_at > now() - make_interval(days => $2)`;

export const isDeviceKnown = async (db: Queryable, key: string): Promise<boolean> =>
  (
    await db.query(
      { name: 'is_device_known', text: `select 1 from known_device where key = $1 and ${isAlive}` },
      [key, KNOWN_DAYS],
    )
  ).length > 0;

/** Writes down that the operator signed in there just now; of many, those seen longest ago are forgotten. */
export const upsertKnownDevice = async (tx: Transaction, operatorId: string, key: string): Promise<void> => {
  await tx.query(
    'insert into known_device (key, operator_id) values ($1, $2) on conflict (key) do update set last_seen_at = excluded.last_seen_at',
    [key, operatorId],
  );
  await tx.query(
    `delete from known_device where operator_id = $1 and key <> $2 and key in
      (select key from known_device where operator_id = $1 and key <> $2 order by last_seen_at desc offset $3)`,
    [operatorId, key, DEVICES_EACH - 1],
  );
};

/** Housekeeping; where the clock was set back none is known for longer than it may be. */
export const purgeKnownDevices = async (tx: Transaction): Promise<void> => {
  await tx.query('delete from known_device where last_seen_at < now() - make_interval(days => $1)', [
    KNOWN_DAYS,
  ]);
  await tx.query(
    `update known_device set last_seen_at = now() where last_seen_at > now() + interval '1 minute'`,
  );
};
