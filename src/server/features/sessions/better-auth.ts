import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database } from '#server/platform/db/database.ts';
import { Problem } from '#server/problem.ts';
import type { Keyring } from '#server/platform/secrets/keyring.ts';
import {
  hashPassword,
  verifyPassword,
  type PasswordQueue,
} from '#server/features/sessions/accounts/passwords.ts';
import { findSignIn, type OperatorRow } from '#server/features/sessions/accounts/store.ts';

/*
 * better-auth judges sign-ins, and nothing else is asked of it: it finds the operator, compares the password
 * (an unknown e-mail costs the same work) and makes a token. What it may touch of the database is all in this
 * file: it reads one operator by e-mail, and where it would insert a session, `open` does so, in a
 * transaction with the audit event.
 */

type OpenSession = (operatorId: string, passwordHash: string, token: string) => Promise<void>;

export const wrongCredentials = () =>
  new Problem('invalid_credentials', 'Check the e-mail and the password, then try again.');

const unused = (): never => {
  throw new Error('better-auth asked for something it was not given');
};

interface SignInAct {
  open: OpenSession;
  queue: PasswordQueue;
  found: (OperatorRow & { hash: string | null }) | null;
}

const acts = new AsyncLocalStorage<SignInAct>();

const openBetterAuth = async (database: Database, secret: string) => {
  // Loaded with the first sign-in: it takes longer to load than the rest of the server takes to start.
  const [{ betterAuth }, { createAdapterFactory }, { isAPIError }] = await Promise.all([
    import('better-auth/minimal'),
    import('better-auth/adapters'),
    import('better-auth/api'),
  ]);

  // Asked with a join, so that a known and an unknown e-mail cost one query each.
  const findOperator = async (email: unknown) => {
    const act = acts.getStore() ?? unused();
    act.found = await findSignIn(database, String(email));
    if (act.found === null) return null;
    const { id, name, hash } = act.found;
    return {
      id,
      name,
      email: act.found.email,
      emailVerified: true,
      account: [{ id, accountId: id, providerId: 'credential', userId: id, password: hash }],
    };
  };

  const adapter = createAdapterFactory({
    config: { adapterId: 'cordboard', supportsNumericIds: false },
    adapter: () => ({
      async findOne<T>({ model, where }: { model: string; where: { field: string; value: unknown }[] }) {
        const [only] = where;
        if (model !== 'user' || where.length !== 1 || only?.field !== 'email') return unused();
        return (await findOperator(only.value)) as T | null;
      },
      async create<T extends Record<string, unknown>>({ model, data }: { model: string; data: T }) {
        const act = acts.getStore() ?? unused();
        if (model !== 'session' || !act.found?.hash || act.found.id !== data['userId']) return unused();
        await act.open(act.found.id, act.found.hash, String(data['token']));
        return data;
      },
      findMany: unused,
      count: unused,
      update: unused,
      updateMany: unused,
      delete: unused,
      deleteMany: unused,
    }),
  });

  const auth = betterAuth({
    database: adapter,
    secret,
    // Never asked for: no route of better-auth is mounted.
    baseURL: 'http://localhost',
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      maxPasswordLength: 256,
      password: {
        hash: (password) => hashPassword(password, acts.getStore()?.queue),
        verify: ({ hash, password }) => verifyPassword(hash, password, acts.getStore()?.queue),
      },
    },
    session: { cookieCache: { enabled: false } },
    rateLimit: { enabled: false },
    advanced: { database: { joins: true } },
    logger: { disabled: true },
    telemetry: { enabled: false },
  });

  const isRefusal = (error: unknown) => isAPIError(error) && error.statusCode === 401;
  return {
    isRefusal,
    signIn: (email: string, password: string) => auth.api.signInEmail({ body: { email, password } }),
  };
};

export const createSignInJudge = (database: Database, keyring: Keyring) => {
  let opening: ReturnType<typeof openBetterAuth> | undefined;

  /** Resolves once `open` has; throws `invalid_credentials` and tells nothing of what was wrong. */
  return async (email: string, password: string, queue: PasswordQueue, open: OpenSession): Promise<void> => {
    const betterAuth = await (opening ??= openBetterAuth(
      database,
      keyring.derive('better-auth').toString('base64'),
    ));
    try {
      await acts.run({ open, queue, found: null }, () => betterAuth.signIn(email, password));
    } catch (error) {
      throw betterAuth.isRefusal(error) ? wrongCredentials() : error;
    }
  };
};
export type SignInJudge = ReturnType<typeof createSignInJudge>;
