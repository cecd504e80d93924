import { keyFromCommandLine, withKey, type Caller } from '../../http.ts';
import { startServer } from '../../server.ts';
import { listening, type Capture } from '../leak/leak-acts.ts';
import type { Proof } from '../proof.ts';
import { openAccount, type Account } from './account.ts';
import { editWhileAway } from './away.ts';
import { findCanaries, startElsewhere } from './canaries.ts';
import { editInBadWeather } from './edits.ts';
import { importWhole } from './imports.ts';
import { killWhileSending, rights } from './kills.ts';
import { raceBothSides } from './races.ts';
import { wait } from './settle.ts';
import { inFull, type Sizes } from './sizes.ts';

const allOf = async ({ atOnce }: Sizes, parts: readonly (() => Promise<void>)[]): Promise<void> => {
  if (atOnce) {
    // One that fails leaves the server to the others until they have ended.
    const ended = await Promise.allSettled(parts.map((part) => part()));
    const failed = ended.find((each) => each.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  } else for (const part of parts) await part();
};

const manners = ['masked', 'clear', 'withheld'] as const;

/** Keeps what each answer brought. */
const hearing = (caller: Caller, heard: Capture[]): Caller => {
  const request = listening(caller, heard);
  const send = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await request(method, path, { body });
    if (answer.status === 429) {
      // Somebody with as many questions as a proof is asked to come again.
      await wait(1000 * Number(answer.headers.get('retry-after') ?? 1));
      return send<T>(method, path, body);
    }
    if (answer.status >= 300)
      throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text.slice(0, 400)}`);
    return answer.json<T>();
  };
  return { ...caller, request, send, get: (path) => send('GET', path) };
};

/**
 * What is saved of a number is on its platform, or said not to be: in bad weather, while the platform is away, while
 * others change it there, and while the server is killed; and its secrets go there and nowhere else.
 */
export const upstreamIn =
  (sizes: Sizes): Proof =>
  async (report) => {
    const server = await startServer({ env: { CORDBOARD_UNSAFE_ALLOW_LOOPBACK: '1', LOG_LEVEL: 'trace' } });
    const elsewhere = await startElsewhere();
    const heard: Capture[] = [];
    const accounts: Account[] = [];
    const open = async (api: Caller): Promise<Account[]> => {
      const opened: Account[] = [];
      for (let at = 0; at < sizes.accounts; at++)
        opened.push(await openAccount(api, manners[at % manners.length]));
      accounts.push(...opened);
      return opened;
    };
    try {
      const api = hearing(withKey(server.url, await keyFromCommandLine(server, rights)), heard);
      const edited = { server, api, accounts: await open(api), elsewhere: elsewhere.url };
      const raced = { server, api, accounts: await open(api) };
      await allOf(sizes, [
        () => editInBadWeather(report, edited, sizes),
        () => raceBothSides(report, raced, sizes),
        () => editWhileAway(report, { server, api }, sizes),
        () => killWhileSending(report, sizes),
      ]);
      await importWhole(report, { server, api }, sizes);
      await findCanaries(report, { server, heard, accounts, elsewhere });
    } finally {
      await server.stop();
      await elsewhere.close();
      for (const { verbex } of accounts) await verbex.close();
    }
  };

export const upstream: Proof = upstreamIn(inFull);
