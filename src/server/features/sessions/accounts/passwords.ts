import { hash, verify } from '@node-rs/argon2';
import { Problem } from '#server/problem.ts';

/*
 * The promise: passwords are kept as argon2id only, and a flood of sign-ins leaves the server its threads:
 * few are worked on at once, a bounded number waits, the rest is refused. Strangers wait behind those who are
 * known.
 */

// OWASP's first choice for argon2id (the library's default algorithm): 19 MiB, two passes, one lane.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// Node has four threads for this and for files, names and compression; half of them stay free.
const AT_ONCE = 2;
const MAX_WAITING = 100;

/** `known`: signed in, or in a browser where the operator signed in before. */
export type PasswordQueue = 'known' | 'strangers';

// One key press can make different code points on different keyboards.
const normalise = (password: string) => password.normalize('NFKC');

let running = 0;
const waiting: Record<PasswordQueue, (() => void)[]> = { known: [], strangers: [] };

export const tooMany = () =>
  new Problem('too_many_attempts', 'Many are signing in at once. Try again soon.', {
    retry_after_seconds: 5,
  });

const inTurn = async <T>(queue: PasswordQueue, work: () => Promise<T>): Promise<T> => {
  if (running < AT_ONCE) running += 1;
  else {
    if (waiting[queue].length >= MAX_WAITING) throw tooMany();
    // Whoever finishes hands the place on, so that nobody slips in between.
    await new Promise<void>((resolve) => waiting[queue].push(resolve));
  }
  try {
    return await work();
  } finally {
    const next = waiting.known.shift() ?? waiting.strangers.shift();
    if (next) next();
    else running -= 1;
  }
};

export const hashPassword = (password: string, queue: PasswordQueue = 'known'): Promise<string> =>
  inTurn(queue, () => hash(normalise(password), cost));

export const verifyPassword = (
  hashed: string,
  password: string,
  queue: PasswordQueue = 'known',
): Promise<boolean> => inTurn(queue, () => verify(hashed, normalise(password)));
