import { startPostgresql, type Cluster } from '../../postgresql.ts';
import type { Proof } from '../proof.ts';
import { hang, outage } from './route-away.ts';
import { failover, lostListener, lostNotifications, twoInstances } from './route-deaf.ts';
import { poolers } from './route-poolers.ts';
import { setScene } from './route-scene.ts';

/**
 * Calls are decided in bad weather, within a second, by nothing older than it says: with the database cut
 * off, hung, its notifications dropped, its listener ended, and itself replaced. On a PostgreSQL of its own,
 * for it is broken here.
 */
export const route: Proof = async (report) => {
  const cluster = await startPostgresql();
  if (cluster === undefined)
    return report.skip('no PostgreSQL programs in /usr/lib/postgresql: there is nothing to break');
  let standby: Cluster | undefined;
  try {
    await poolers(report, cluster);
    const scene = await setScene(report, cluster);
    try {
      await twoInstances(scene);
      await lostNotifications(scene);
      await lostListener(scene);
      await outage(scene);
      await hang(scene);
      standby = await cluster.startStandby();
      await failover(scene, standby);
    } finally {
      await scene.stop();
    }
  } finally {
    await standby?.stop();
    await cluster.stop();
  }
};
