import { isStorable } from '#contract/reading/storable.ts';
import { UpstreamError } from '#server/features/connections/kinds/upstream/upstream-error.ts';
import { nameHere } from '#server/features/agents/upstream-agents.ts';
import type { LedTo, Opening, OpenConnection } from '#server/features/connections/open-connection.ts';
import type { HeldSecrets } from '#server/features/credentials/held-secrets.ts';
import type { SecretsToSend } from '#server/features/credentials/secrets-to-send.ts';
import type { Database, Transaction } from '#server/platform/db/database.ts';
import type { Jobs } from '#server/platform/jobs/jobs.ts';
import { Problem } from '#server/problem.ts';
import { accountOf, askedOf } from './choices.ts';
import type { Plans } from '#server/features/bulk/plans.ts';
import { selectPlan } from '#server/features/bulk/rows/plan-store.ts';
import { createOpenAccount } from './open-account.ts';
import { createPatientEgress } from './patient-egress.ts';
import { goOnReading, insertReadAgents, insertReadRows, judgeAgents } from './reading-store.ts';
import { createKeepNumber, keepUnusable, type KeptNumber } from './theirs.ts';

export interface ReadDependencies {
  database: Database;
  jobs: Pick<Jobs, 'wake'>;
  opening: Opening;
  plans: Pick<Plans, 'addRows' | 'beginJudging'>;
  held: HeldSecrets;
  secretsToSend: Pick<SecretsToSend, 'markOf'>;
}

/** Whoever reads is taken for gone after so long. */
export const LEASE_SECONDS = 15;

// They are all given their ids, or added, in the one transaction that begins an import.
const MAX_AGENTS = 20_000;
const tooManyAgents = () =>
  new UpstreamError(
    'too_large',
    `The account has more than ${MAX_AGENTS.toLocaleString('en')} agents, which is more than can be imported.`,
  );

/** The plan is somebody else's to read by now, or nobody's. */
export class Lost extends Error {}

/** Reads an account page by page, each in a transaction that sees whether the plan is still this reader's. */
export const createReadPages = (dependencies: ReadDependencies, reader: string) => {
  const { database, jobs, opening, plans, held, secretsToSend } = dependencies;

  const goOn = async (tx: Transaction, planId: string, read: { agents?: number; numbers?: number }) => {
    if (!(await goOnReading(tx, planId, { reader, seconds: LEASE_SECONDS, ...read }))) throw new Lost();
  };

  const keep = (planId: string, from: number, page: readonly KeptNumber[]): Promise<void> =>
    database.transaction(async (tx) => {
      await goOn(tx, planId, { numbers: page.length });
      await plans.addRows(
        tx,
        planId,
        from,
        page.map(({ row }) => row),
      );
      await held.hold(
        tx,
        planId,
        page.map(({ secrets }, at) => ({ place: from + at, secrets })),
      );
      await insertReadRows(
        tx,
        planId,
        page.map(({ row, upstream_id }, at) => ({
          place: from + at,
          upstream_id,
          isUnusable: row.planned === 'refused',
        })),
      );
    });

  const openAccount = createOpenAccount(opening);
  const open = (id: string) => openAccount(id, { evenPaused: true });

  const refuseOther = ({ client, keyMark }: OpenConnection, account: Pick<LedTo, 'address' | 'keyMark'>) => {
    if (client.baseUrl === account.address && keyMark === account.keyMark) return;
    throw new Problem(
      'version_conflict',
      'The connection leads elsewhere, or has another key, by now. Make the preview again.',
    );
  };

  /** Removed, leading elsewhere or with another key, it is not read on. */
  const refuseChanged = async ({ id, client, keyMark }: OpenConnection): Promise<void> =>
    refuseOther(await open(id), { address: client.baseUrl, keyMark });

  const read = async (planId: string, opened: OpenConnection, signal: AbortSignal): Promise<void> => {
    const { kind, client } = opened;
    const plan = await selectPlan(database, planId);
    if (plan === undefined) throw new Lost();
    // Whoever begins anew may find another account than who made the plan.
    refuseOther(opened, accountOf(askedOf(plan)));
    const patient = { ...client, egress: createPatientEgress(client.egress), signal };
    let agentCount = 0;
    for await (const { items } of kind.listAgents(patient)) {
      agentCount += items.length;
      if (agentCount > MAX_AGENTS) throw tooManyAgents();
      const agents = items
        .filter(({ id }) => isStorable(id))
        .map(({ id, name }) => ({ upstream_id: id, name: nameHere(id, name) }));
      await database.transaction(async (tx) => {
        await goOn(tx, planId, { agents: agents.length });
        await insertReadAgents(tx, planId, agents);
      });
    }
    const keepNumber = createKeepNumber((secret) => secretsToSend.markOf(secret));
    let count = 0;
    for await (const { items, unusable } of kind.listNumbers(patient)) {
      const page = [...items.map(keepNumber), ...unusable.map(keepUnusable)];
      await refuseChanged(opened);
      await keep(planId, count, page);
      count += page.length;
    }
    await database.transaction(async (tx) => {
      await goOn(tx, planId, {});
      await judgeAgents(tx, planId);
      await plans.beginJudging(tx, planId);
    });
    jobs.wake();
  };

  return { open, read };
};
