import { setTimeout as delay } from 'node:timers/promises';
import type { z } from 'zod';
import { PLAN_MINUTES } from '#contract/bulk/plans.ts';
import type { BulkJob } from '#contract/bulk/jobs.ts';
import type {
  ConnectionImport,
  ConnectionImportChoices,
  ConnectionImportRowList,
  connectionImportRowsQuerySchema,
} from '#contract/bulk/connection-imports.ts';
import type { AgentsService } from '#server/features/agents/service.ts';
import { takeUpstreamAgents } from '#server/features/agents/upstream-agents.ts';
import type { ConnectionsService } from '#server/features/connections/service.ts';
import type { HeldSecrets } from '#server/features/credentials/held-secrets.ts';
import { createSecretsToSend } from '#server/features/credentials/secrets-to-send.ts';
import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import type { Database, Transaction } from '#server/platform/db/database.ts';
import { createPageTokens } from '#server/platform/http/page-token.ts';
import type { Jobs } from '#server/platform/jobs/jobs.ts';
import type { Keyring } from '#server/platform/secrets/keyring.ts';
import { Problem } from '#server/problem.ts';
import type { RequestContext } from '#server/request-context.ts';
import type { Kinds } from '#server/features/bulk/kinds.ts';
import type { Plans } from '#server/features/bulk/plans.ts';
import { toJob } from '#server/features/bulk/present.ts';
import type { PlanRow } from '#server/features/bulk/rows/plan-store.ts';
import { noChange } from '#server/features/bulk/rows/stored-change.ts';
import {
  accountOf,
  askedOf,
  type ImportAsked,
} from '#server/features/bulk/connection-imports/reading/choices.ts';
import { createOpenAccount } from '#server/features/bulk/connection-imports/reading/open-account.ts';
import { createImportReader, type ImportPlace } from './import-reader.ts';
import { createJudgeRows } from './judge-rows.ts';
import {
  createReadAccount,
  readingJobId,
} from '#server/features/bulk/connection-imports/reading/read-account.ts';
import {
  insertReading,
  selectReadAgents,
} from '#server/features/bulk/connection-imports/reading/reading-store.ts';
import { createRunRows } from './run-rows.ts';
import { takeLinksBack } from './take-back.ts';
import { createTakeUp } from './take-up.ts';

export interface ConnectionImportsService {
  /** Answers once it is judged, or after a few seconds as far as it has come. */
  preview(
    context: RequestContext,
    connectionId: string,
    choices: ConnectionImportChoices,
  ): Promise<ConnectionImport>;
  read(context: RequestContext, place: ImportPlace): Promise<ConnectionImport>;
  listRows(
    context: RequestContext,
    place: ImportPlace,
    query: z.infer<typeof connectionImportRowsQuerySchema>,
  ): Promise<ConnectionImportRowList>;
  run(context: RequestContext, place: ImportPlace): Promise<BulkJob>;
}

interface Dependencies {
  database: Database;
  keyring: Keyring;
  jobs: Jobs;
  held: HeldSecrets;
  plans: Plans;
  kinds: Pick<Kinds, 'add'>;
  agents: AgentsService;
  connections: Pick<ConnectionsService, 'opening' | 'readConnection'>;
  phoneNumbers: PhoneNumbersService;
  /** False leaves the reading of accounts to others on this database. */
  isReading: boolean;
}

const READY_WITHIN_MS = 5000;
const LOOK_EVERY_MS = 50;

export const createConnectionImportsService = (dependencies: Dependencies): ConnectionImportsService => {
  const { database, keyring, jobs, held, plans, kinds, agents, connections, phoneNumbers } = dependencies;
  const { isReading } = dependencies;
  const { opening } = connections;
  const open = createOpenAccount(opening);
  const secretsToSend = createSecretsToSend(keyring);
  const takeUp = createTakeUp({ agents, held, phoneNumbers });
  if (isReading)
    jobs.handle(
      'connection_import',
      createReadAccount({ database, jobs, opening, plans, held, secretsToSend }),
    );
  kinds.add('connection_import', {
    judge: createJudgeRows(phoneNumbers, takeUp),
    act: createRunRows({ phoneNumbers, takeUp, opening }),
    takeBack: takeLinksBack,
  });

  const reader = createImportReader({ database, plans, pageTokens: createPageTokens(keyring) });
  const { readOwn, read } = reader;

  const whenReady = async (context: RequestContext, place: ImportPlace): Promise<ConnectionImport> => {
    jobs.wake();
    const until = performance.now() + READY_WITHIN_MS;
    for (;;) {
      const { plan, reading } = await readOwn(context, place);
      const isOver = plan.state === 'ready' || reading.failed_code !== null;
      if (isOver || performance.now() > until) return read(context, place);
      await delay(LOOK_EVERY_MS);
    }
  };

  /** With the run: what its numbers are given must be here. */
  const takeAgents = async (tx: Transaction, context: RequestContext, plan: PlanRow): Promise<void> => {
    const { connection_id, choices } = askedOf(plan);
    const isAdding = choices.agents === 'add';
    await takeUpstreamAgents(tx, context, connection_id, await selectReadAgents(tx, plan.id, null), {
      isAdding,
    });
  };

  return {
    async preview(context, connectionId, choices) {
      const { name, role } = await connections.readConnection(context, connectionId);
      const { client, keyMark } = await open(connectionId, { evenPaused: true });
      const planId = await database.transaction(async (tx) => {
        const id = await plans.add(tx, context, {
          change: {
            ...noChange,
            fields: [],
            kind: 'connection_import',
            file_name: name,
            options: {
              connection_id: connectionId,
              role,
              address: client.baseUrl,
              key_mark: keyMark,
              choices,
            } satisfies ImportAsked,
          },
          minutes: PLAN_MINUTES,
        });
        await insertReading(tx, { plan_id: id, connection_id: connectionId });
        await jobs.add(tx, { id: readingJobId(id), kind: 'connection_import' });
        return id;
      });
      return whenReady(context, { connection_id: connectionId, plan_id: planId });
    },

    read,

    listRows: (context, place, query) => reader.listRows(context, place, query),

    async run(context, place) {
      const { plan, reading, jobId } = await readOwn(context, place);
      if (reading.failed_code !== null)
        throw new Problem(
          'plan_not_ready',
          'The account could not be read, so there is nothing to import. Make the preview again.',
        );
      if (jobId === null) await open(place.connection_id);
      const job = await plans.run(context, place.plan_id, 'connection', async (tx) => {
        if (!(await opening.leadsTo(tx, accountOf(askedOf(plan)))))
          throw new Problem(
            'plan_expired',
            'The connection leads elsewhere, or has another key, by now. Make the preview again.',
          );
        await takeAgents(tx, context, plan);
      });
      return toJob(job);
    },
  };
};
