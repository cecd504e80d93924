import { callerWith } from '../http.ts';
import { ServerRefused, startServer, temporaryFolder, type RunningServer } from '../server.ts';
import { childrenOf, isAlive } from './processes.ts';
import { median, seconds, type Proof } from './proof.ts';

const REFUSED_WITHIN_MS = 2000;
const BACK_WITHIN_MS = 3000;

interface Start {
  refused: boolean;
  ms: number;
  said: string;
  server: RunningServer | null;
}

const tryStart = async (dataDirectory: string): Promise<Start> => {
  const startedAt = performance.now();
  try {
    const server = await startServer({ dataDirectory });
    return { refused: false, ms: performance.now() - startedAt, said: '', server };
  } catch (error) {
    if (!(error instanceof ServerRefused)) throw error;
    return {
      refused: error.exitCode !== 0,
      ms: performance.now() - startedAt,
      said: error.message,
      server: null,
    };
  }
};

const answers = async (server: RunningServer) =>
  (await callerWith(server.url).request('GET', '/readyz')).status === 200;

/** Two servers on one embedded database would each acknowledge writes that the other's overwrite. */
export const doubleStart: Proof = async (report) => {
  const folder = await temporaryFolder('double');
  const first = await startServer({ dataDirectory: folder });
  const tries = [await tryStart(folder), await tryStart(folder), await tryStart(folder)];
  const refusedMs = median(tries.map(({ ms }) => ms));
  report.check(
    `a second server on the folder is refused within ${seconds(REFUSED_WITHIN_MS)}`,
    tries.every(({ refused }) => refused) && refusedMs <= REFUSED_WITHIN_MS,
    seconds(refusedMs),
  );
  report.check(
    'it says why, and what to do',
    tries.every(({ said }) => /in use/i.test(said) && said.includes('CORDBOARD_DATA')),
    tries[0]?.said.split('\n').at(1) ?? '',
  );
  report.check('the first goes on serving', await answers(first), 'GET /readyz');

  const elsewhere = await tryStart(await temporaryFolder('double'));
  report.control(
    'a second server that is not refused (on another folder)',
    !elsewhere.refused && elsewhere.server !== null,
  );
  await elsewhere.server?.stop();

  const heirs: Start[] = [];
  let left = 0;
  let started = 0;
  let owner = first;
  while (heirs.length < 3) {
    const children = childrenOf(owner.pid);
    started += children.length;
    await owner.kill();
    const heir = await tryStart(folder);
    left += children.filter(isAlive).length;
    heirs.push(heir);
    if (heir.server === null) break;
    owner = heir.server;
  }
  const takenMs = median(heirs.map(({ ms }) => ms));
  report.check(
    `a dead owner's lock is taken over within ${seconds(BACK_WITHIN_MS)}`,
    heirs.every(({ server }) => server !== null) && takenMs <= BACK_WITHIN_MS,
    `${heirs.map(({ ms }) => seconds(ms)).join(', ')}`,
  );
  report.check(
    'nothing the dead server started is left',
    started > 0 && left === 0,
    `${left} of ${started} processes`,
  );
  await owner.stop();

  const fresh = await temporaryFolder('double');
  const both = await Promise.all([tryStart(fresh), tryStart(fresh), tryStart(fresh)]);
  const serving = both.filter(({ server }) => server !== null);
  report.check(
    'of three that start at once on a new folder one serves',
    serving.length === 1,
    `${serving.length} serve`,
  );
  for (const { server } of serving) await server?.stop();
};
