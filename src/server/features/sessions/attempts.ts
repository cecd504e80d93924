import { isIPv6 } from 'node:net';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Problem } from '#server/http/problem.ts';

/**
 * The promise: guessing a password is slow, for one account and from one address, however many tries run at once: an
 * attempt is counted before the password is looked at, and given back only when it was right. Nobody is locked out for
 * longer than the window, and an open session goes on meanwhile. Counts are kept in this process's memory.
 */
const WINDOW_SECONDS = 15 * 60;
const PER_ACCOUNT = 10;
// Offices share an address; right passwords are given back, so this counts wrong ones and those under way.
const PER_ADDRESS = 60;
// The audit log cannot be shrunk: a distributed flood must not fill it.
const RECORDED_REFUSALS = 300;

/** Who holds one IPv6 address holds at least its /64. */
const addressKey = (address: string | null): string => {
  if (address === null) return 'unknown';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = tail === undefined ? first : [...first, ...Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0'), ...last];
  return groups.slice(0, 4).join(':').toLowerCase();
};

export interface Attempt {
  /** The operator or e-mail tried; null where there is none, as with a set-up link. */
  account: string | null;
  address: string | null;
}

export const createAttempts = () => {
  const limiter = (points: number) => new RateLimiterMemory({ points, duration: WINDOW_SECONDS });
  const accounts = limiter(PER_ACCOUNT);
  const addresses = limiter(PER_ADDRESS);
  const recorded = limiter(RECORDED_REFUSALS);

  const count = async (counter: RateLimiterMemory, key: string, onFirstRefusal: () => Promise<void>): Promise<() => Promise<unknown>> => {
    try {
      await counter.consume(key);
      return () => counter.reward(key);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      if (refusal.consumedPoints === counter.points + 1) await onFirstRefusal();
      const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      throw new Problem('too_many_attempts', `Wait ${Math.ceil(seconds / 60)} min, then try again.`, { retry_after_seconds: seconds });
    }
  };

  return {
    /** Runs `work` as one counted attempt. Whatever it throws but a verdict of "wrong" is not held against the caller. */
    async attempt<T>({ account, address }: Attempt, work: () => Promise<T>, onFirstRefusal: () => Promise<void> = async () => {}): Promise<T> {
      const giveBack = [await count(addresses, addressKey(address), onFirstRefusal)];
      if (account !== null) giveBack.push(await count(accounts, account, onFirstRefusal));
      let wrong = false;
      try {
        return await work();
      } catch (error) {
        wrong = error instanceof Problem && (error.code === 'invalid_credentials' || error.code === 'invalid_set_up_link');
        throw error;
      } finally {
        if (!wrong) await Promise.all(giveBack.map((back) => back()));
      }
    },

    /** Whether one more refusal may still be written to the audit log in this window. */
    mayRecordRefusal: (): Promise<boolean> =>
      recorded.consume('all').then(
        () => true,
        () => false,
      ),
  };
};
export type Attempts = ReturnType<typeof createAttempts>;
