import type pg from 'pg';
import { DatabaseUnavailable } from '#server/platform/db/database.ts';

const late = () => new DatabaseUnavailable('The database did not answer in time');
const leftOf = (deadline: number) => Math.max(1, Math.ceil(deadline - performance.now()));

/** A connection by then (of performance.now()); one that comes later goes back unused. */
export const connectBy = (pool: pg.Pool, deadline: number): Promise<pg.PoolClient> =>
  new Promise((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      reject(late());
    }, leftOf(deadline));
    const settle = (act: () => void) => {
      clearTimeout(timer);
      act();
    };
    pool.connect().then(
      (client) => settle(() => (isLate ? client.release() : resolve(client))),
      (error: unknown) => settle(() => reject(error)),
    );
  });

/**
 * What makes the driver give a question up then. Its connection must go, for the answer may still come: the
 * pool sees to it.
 */
export const queryBy = (deadline: number): { query_timeout: number } => {
  if (deadline <= performance.now()) throw late();
  return { query_timeout: leftOf(deadline) };
};
