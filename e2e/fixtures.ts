import { expect, test as base, type Browser, type Page } from '@playwright/test';
import type { Role } from '#contract/access.ts';
import { scopes } from '#contract/access.ts';
import {
  addOperator,
  keyFromCommandLine,
  PASSWORD,
  setUp,
  signIn,
  withKey,
  type Caller,
  type Person,
} from './http.ts';
import { startServer, type RunningServer } from './server.ts';

export { expect, PASSWORD };
export { expectAccessible } from './accessible.ts';

/** How long a password counts for what needs a fresh sign-in. */
const FRESH_MS = 10 * 60_000;

export interface WorkerFixtures {
  /** The server of this worker, with nothing in it but the people below. */
  server: RunningServer;
  people: Record<Role, Person>;
  /** Acts outside the browser: a key with every scope. */
  api: Caller;
  /** The first admin, as a caller with a session. */
  admin: Caller;
  sessions: Record<Role, Caller>;
  /**
   * Gives the passwords of all of these again before they are too old to count: on a busy machine a worker
   * runs for longer.
   */
  keepFresh: () => Promise<void>;
}

export interface TestFixtures {
  /** A page of a browser in which nobody is signed in, on this worker's server. */
  stranger: Page;
  /** A page of a browser in which someone with this role is signed in. Each call is another browser. */
  signedInAs: (role: Role) => Promise<Page>;
}

/** As the browser keeps it. */
export const cookiesOf = (caller: Caller) =>
  (caller.headers['cookie'] ?? '').split('; ').map((cookie) => {
    const [name = '', value = ''] = cookie.split('=');
    return { name, value, url: caller.url, httpOnly: true, sameSite: 'Strict' as const };
  });

export const openPage = async (
  browser: Browser,
  url: string,
  as: Caller | null,
  options = {},
): Promise<Page> => {
  const context = await browser.newContext({ baseURL: url, ...options });
  if (as) await context.addCookies(cookiesOf(as));
  return context.newPage();
};

export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [
    // Playwright reads what a fixture needs from this pattern, and takes nothing else for "nothing".
    // eslint-disable-next-line no-empty-pattern
    async ({}, provide) => {
      const server = await startServer();
      await provide(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  admin: [async ({ server }, provide) => provide(await setUp(server)), { scope: 'worker' }],
  people: [
    async ({ admin }, provide) =>
      provide({
        viewer: await addOperator(admin, 'viewer', 'Vera Viewer'),
        operator: await addOperator(admin, 'operator', 'Omar Operator'),
        admin: await addOperator(admin, 'admin', 'Amina Admin'),
      }),
    { scope: 'worker' },
  ],
  sessions: [
    async ({ server, people }, provide) =>
      provide({
        viewer: await signIn(server.url, people.viewer),
        operator: await signIn(server.url, people.operator),
        admin: await signIn(server.url, people.admin),
      }),
    { scope: 'worker' },
  ],
  keepFresh: [
    async ({ sessions, admin }, provide) => {
      let confirmedAt = performance.now();
      await provide(async () => {
        if (performance.now() - confirmedAt < FRESH_MS / 2) return;
        confirmedAt = performance.now();
        for (const caller of [...Object.values(sessions), admin])
          await caller.send('POST', '/v1/me/confirm-password', { password: PASSWORD });
      });
    },
    { scope: 'worker' },
  ],
  api: [
    async ({ server }, provide) => provide(withKey(server.url, await keyFromCommandLine(server, scopes))),
    { scope: 'worker' },
  ],

  baseURL: async ({ server }, provide) => provide(server.url),
  stranger: async ({ page, people }, provide) => {
    expect(people.admin).toBeDefined();
    await provide(page);
  },
  signedInAs: async ({ browser, server, sessions, keepFresh, contextOptions }, provide) => {
    const pages: Page[] = [];
    await keepFresh();
    await provide(async (role) => {
      const page = await openPage(browser, server.url, sessions[role], contextOptions);
      pages.push(page);
      return page;
    });
    await Promise.all(pages.map((page) => page.context().close()));
  },
});
