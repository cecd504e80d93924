import type { Cluster } from '../../postgresql.ts';
import { seconds } from '../proof.ts';
import {
  keepAsking,
  keepWriting,
  falseFreshness,
  pause,
  staleness,
  tally,
  write,
  type SavedChange,
} from './route-asker.ts';
import {
  MAX_STALENESS_S,
  checkBack,
  checkPrompt,
  checkTrue,
  untilDecidedBy,
  untilRemembered,
  withDatabase,
  type Scene,
} from './route-scene.ts';

// Three beats are missed, a question to the database takes a moment, and machines are noisy.
const UNHEARD_MS = 4500;
const CHANGES = 30;

export const twoInstances = async (scene: Scene): Promise<void> => {
  const { report, elsewhere, caller, to, id } = scene;
  await untilRemembered(scene);
  const asking = keepAsking(caller, to, 5);
  const written: SavedChange[] = [];
  for (let turn = 0; turn < CHANGES; turn++) {
    written.push(await write(elsewhere, id));
    await pause(20);
  }
  await pause(500);
  const asked = await asking.stop();
  const seen = staleness(asked, written);
  const what = `${written.length} changes, longest ${seconds(seen)}`;
  report.check('two instances: a change decides on the other within 1 s', seen <= 1000, what);
  checkTrue(scene, 'two instances', asked, written);
  const old = asked.map((each) => ({ ...each, version: 0, asOf: Date.now() }));
  report.control(
    'decisions that claim to know of changes they do not know',
    falseFreshness(old, written).length === old.length,
  );
  report.control('a change that is not heard for seconds', staleness(old, written) > 1000);
};

/**
 * Queries pass, notifications do not: what a pooler in transaction mode does, or a listener that nobody
 * feeds.
 */
export const lostNotifications = async (scene: Scene): Promise<void> => {
  const { report, cables, elsewhere, caller, to, id } = scene;
  await untilRemembered(scene);
  const asking = keepAsking(caller, to);
  const writing = keepWriting(elsewhere, id);
  cables.here.deafen(true);
  await pause(9000);
  const during = [...asking.asked];
  cables.here.deafen(false);
  const remembers = await untilRemembered(scene);
  const written = await writing.stop();
  const asked = await asking.stop();
  const seen = staleness(asked, written);
  report.check(
    `dropped notifications: an old version decides for ${seconds(UNHEARD_MS)} at most`,
    seen <= UNHEARD_MS,
    `longest ${seconds(seen)}`,
  );
  checkTrue(scene, 'dropped notifications', asked, written);
  checkPrompt(scene, 'dropped notifications', asked);
  report.check('dropped notifications: memory decides again once they arrive', remembers, tally(asked));
  const assumed = during.map((each) => ({ ...each, version: during[0]?.version ?? 0, asOf: each.at - 300 }));
  report.control(
    'an as_of that is assumed while nothing arrives',
    falseFreshness(assumed, written).length > 0,
  );
  report.control(
    'an old version that decides for as long as nothing arrives',
    staleness(assumed, written) > UNHEARD_MS,
  );
};

const endListeners = async (url: string): Promise<number> => {
  const sql = `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'cordboard' and query like 'LISTEN%'`;
  return (await withDatabase(url, sql)).length;
};

/** The database ends the connections that listen, and at once something changes. */
export const lostListener = async (scene: Scene): Promise<void> => {
  const { report, cluster, elsewhere, caller, to, id } = scene;
  await untilRemembered(scene);
  const asking = keepAsking(caller, to, 5);
  const back: (number | null)[] = [];
  const written: SavedChange[] = [];
  let ended = 0;
  for (let turn = 0; turn < 5; turn++) {
    ended += await endListeners(cluster.url);
    const saved = await write(elsewhere, id);
    written.push(saved);
    back.push(await untilDecidedBy(scene, saved.version));
    await untilRemembered(scene);
  }
  const asked = await asking.stop();
  report.check('dropped listener: the database ended it, five times', ended >= 5, `${ended} connections`);
  checkBack(scene, 'dropped listener', back, written[0]?.savedAt ?? 0);
  checkTrue(scene, 'dropped listener', asked, written);
  checkPrompt(scene, 'dropped listener', asked);
};

const untilReplayed = async (from: string, on: string): Promise<void> => {
  const [at] = await withDatabase<{ lsn: string }>(from, 'select pg_current_wal_lsn()::text as lsn');
  for (;;) {
    const [seen] = await withDatabase<{ isThere: boolean }>(
      on,
      'select pg_last_wal_replay_lsn() >= $1::pg_lsn as "isThere"',
      [at?.lsn],
    );
    if (seen?.isThere) return;
    await pause(50);
  }
};

/**
 * The database dies, and two seconds later its standby is what both instances reach under the same address.
 */
export const failover = async (scene: Scene, standby: Cluster): Promise<void> => {
  const { report, cluster, cables, elsewhere, caller, to, id } = scene;
  await untilRemembered(scene);
  const before = await write(elsewhere, id);
  await untilReplayed(cluster.url, standby.url);
  await untilDecidedBy(scene, before.version);
  const asking = keepAsking(caller, to);
  const failedAt = Date.now();
  await cluster.stop();
  await pause(2000);
  await standby.promote();
  for (const cable of Object.values(cables)) cable.leadTo(standby.url);
  let after: SavedChange | null = null;
  while (after === null && Date.now() - failedAt < 30_000)
    after = await write(elsewhere, id).catch(() => null);
  const back = after && (await untilDecidedBy(scene, after.version));
  const remembers = await untilRemembered(scene);
  const asked = await asking.stop();
  const mayRefuseAt = failedAt + MAX_STALENESS_S * 1000 - 1500;
  const isDecided = asked.every(
    ({ status, code, at }) => status === 200 || (code === 'routing_data_stale' && at > mayRefuseAt),
  );
  report.check('failover: every call within the bound is decided', isDecided, tally(asked));
  checkPrompt(scene, 'failover', asked);
  checkTrue(scene, 'failover', asked, after ? [before, after] : [before]);
  checkBack(scene, 'after the failover', [back], after?.savedAt ?? 0);
  const firstWrite = after === null ? 'never' : seconds(after.savedAt - failedAt);
  report.check(
    'failover: memory decides again, by the new server',
    remembers,
    `first write after ${firstWrite}`,
  );
  const lost = asked.map((each) => ({ ...each, version: before.version - 1, asOf: each.at }));
  report.control('a write that was answered and is gone', falseFreshness(lost, [before]).length > 0);
};
