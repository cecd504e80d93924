import type { Database } from '#server/platform/db/database.ts';
import { tooMany, type PasswordQueue } from '#server/features/sessions/accounts/passwords.ts';
import { findSignIn } from '#server/features/sessions/accounts/store.ts';
import { Problem } from '#server/problem.ts';
import type { RequestContext } from '#server/request-context.ts';
import type { Limit, Limits } from './limits.ts';
import { createRecordRefusals } from './record-refusals.ts';
import { createRefusedMemory } from './refused.ts';
import { countAttempt, settleAttempt, type AttemptCount, type Verdict } from './store.ts';
import { createUnrecorded, type TriedOperator } from './unrecorded.ts';

/*
 * The promise: guessing a password is slow, however many tries run at once and on however many instances: an
 * attempt is counted in the database before the password is looked at, against all its limits or none, and
 * given back unless the password was wrong. Nobody is locked out for longer than the window; whoever is
 * refused is refused from memory, for nothing.
 */

export interface Attempt {
  context: RequestContext;
  limits: readonly Limit[];
  /** Who is known has limits of their own, which a right password clears. */
  queue: PasswordQueue;
  /** The e-mail, or what was tried in place of one. */
  tried: string;
  /** What the audit event says where it was wrong. */
  detail: string;
}

// Under way at once, on this instance, from the counting to the verdict.
const AT_ONCE = 100;

// Others are being judged and may be right: no reason to wait for long.
const SOON_SECONDS = 2;

const isWrong = (error: unknown) =>
  error instanceof Problem && (error.code === 'invalid_credentials' || error.code === 'invalid_set_up_link');

const refusal = (seconds: number) => {
  const whole = Math.max(1, Math.ceil(seconds));
  const wait = whole < 60 ? `${whole} s` : `${Math.ceil(whole / 60)} min`;
  return new Problem(
    'too_many_attempts',
    `There were too many attempts. Wait ${wait}: until then the right one is refused too.`,
    {
      retry_after_seconds: whole,
    },
  );
};

/** Some limit has no attempt left; nothing was counted. */
class LimitReached extends Error {
  readonly spent: readonly AttemptCount[];
  constructor(spent: readonly AttemptCount[]) {
    super('too many attempts');
    this.spent = spent;
  }
}

export const createAttempts = (database: Database, limits: Limits) => {
  const refused = createRefusedMemory();
  const unrecorded = createUnrecorded(database);
  const { record, recordStop } = createRecordRefusals(limits, unrecorded);
  const underWay: Record<PasswordQueue, number> = { known: 0, strangers: 0 };

  const refuseRemembered = (attempt: Pick<Attempt, 'limits'>) => {
    const found = attempt.limits.flatMap(({ key }) => refused.find(key) ?? []);
    if (found.length === 0) return;
    unrecorded.add(found.find(({ operator }) => operator !== null)?.operator ?? null);
    throw refusal((Math.max(...found.map(({ until }) => until)) - performance.now()) / 1000);
  };

  const spentOf = (attempt: Attempt, counts: readonly AttemptCount[]) =>
    counts.filter(({ key, wrong }) =>
      attempt.limits.some((limit) => limit.key === key && wrong >= limit.allowed),
    );

  const findTried = async ({ tried }: Attempt): Promise<TriedOperator | null> => {
    const found = await findSignIn(database, tried);
    return found && { id: found.id, email: found.email };
  };

  const remember = (attempt: Attempt, spent: readonly AttemptCount[], operator: TriedOperator | null) => {
    // An address is nobody's account.
    const { key: address } = limits.address(attempt.context.address);
    for (const { key, seconds } of spent) refused.remember(key, seconds, key === address ? null : operator);
  };

  const count = async (attempt: Attempt): Promise<AttemptCount[]> => {
    const allowed = new Map(attempt.limits.map((limit) => [limit.key, limit.allowed]));
    try {
      return await database.transaction(async (tx) => {
        const counts = await countAttempt(tx, [...allowed.keys()], 'under_way');
        const over = counts.filter(
          ({ key, wrong, under_way }) => wrong + under_way > (allowed.get(key) ?? 0),
        );
        // Thrown out of the transaction: what was counted under the other limits is undone with it.
        if (over.length > 0) throw new LimitReached(spentOf(attempt, over));
        return counts;
      });
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error;
      const operator = await findTried(attempt);
      remember(attempt, error.spent, operator);
      unrecorded.add(operator);
      throw refusal(Math.max(SOON_SECONDS, ...error.spent.map(({ seconds }) => seconds)));
    }
  };

  const settleWrong = async (attempt: Attempt, counted: readonly AttemptCount[]) => {
    const operator = await findTried(attempt);
    const spent = await database.transaction(async (tx) => {
      const lastOfThem = spentOf(attempt, await settleAttempt(tx, counted, 'wrong'));
      await record(tx, { ...attempt, operator });
      for (const { seconds } of lastOfThem) await recordStop(tx, { ...attempt, operator }, seconds);
      return lastOfThem;
    });
    remember(attempt, spent, operator);
  };

  const settle = (counted: readonly AttemptCount[], verdict: Verdict) =>
    // Where it cannot be given back it stays counted until the window ends; what was done stays done.
    database.transaction((tx) => settleAttempt(tx, counted, verdict)).catch(() => {});

  const judge = async <T>(attempt: Attempt, work: () => Promise<T>): Promise<T> => {
    const counted = await count(attempt);
    try {
      const result = await work();
      await settle(counted, attempt.queue === 'known' ? 'clears their count' : 'not held against them');
      return result;
    } catch (error) {
      if (isWrong(error)) await settleWrong(attempt, counted);
      else await settle(counted, 'not held against them');
      throw error;
    }
  };

  return {
    refuseRemembered,
    recordUnrecorded: unrecorded.recordDue,

    /**
     * Runs `work` as one counted attempt. Whatever it throws but a verdict of "wrong" is not held against the
     * caller.
     */
    async attempt<T>(attempt: Attempt, work: () => Promise<T>): Promise<T> {
      refuseRemembered(attempt);
      if (underWay[attempt.queue] >= AT_ONCE) throw tooMany();
      underWay[attempt.queue] += 1;
      try {
        return await judge(attempt, work);
      } finally {
        underWay[attempt.queue] -= 1;
      }
    },
  };
};
export type Attempts = ReturnType<typeof createAttempts>;
